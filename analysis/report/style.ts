import { fonts, palette } from '../figures/palette.js';

/** The page's looks: nothing is fetched; light and dark as the reader's system has it. */
export const style = `
:root{color-scheme:light dark;--paper:#fff;--ink:#1b1d1f;--soft:#5c6268;--line:#d9dcdf;--tint:#f5f6f7;--link:#0b5c94}
@media (prefers-color-scheme:dark){:root{--paper:#15171a;--ink:#e6e8ea;--soft:#a0a7ae;--line:#353a40;--tint:#1e2125;--link:#7fc0ef}[stroke="${palette.blue}"]{stroke:#3d9be0}[fill="${palette.blue}"]{fill:#3d9be0}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 ${fonts};-webkit-text-size-adjust:100%}
main{max-width:972px;margin:0 auto;padding:40px 16px 64px}
header{border-bottom:2px solid var(--ink);padding-bottom:18px}
h1{font-size:30px;line-height:1.2;margin:0 0 8px;overflow-wrap:anywhere}
h2{font-size:21px;line-height:1.3;margin:0 0 12px}
h3{font-size:16px;margin:22px 0 6px}
section{margin-top:44px}
p{margin:0 0 12px;max-width:68ch}
.question{font-size:19px;line-height:1.45}
.facts,.unit,.meaning,.note{color:var(--soft)}
.facts{margin:0;max-width:none}
nav{margin-top:18px;font-size:14px;display:flex;flex-wrap:wrap;gap:4px 16px}
a{color:var(--link)}
table{border-collapse:collapse;width:100%;font-size:15px}
th{text-align:left;font-weight:600;font-size:13px;color:var(--soft);border-bottom:1px solid var(--ink);padding:6px 14px 6px 0;vertical-align:bottom}
td{border-bottom:1px solid var(--line);padding:7px 14px 7px 0;vertical-align:top}
th:last-child,td:last-child{padding-right:0}
.measures td:nth-child(n+2){font-variant-numeric:tabular-nums}
.measures{table-layout:fixed}
.measures th:nth-child(1){width:52%}
.measures th:nth-child(2){width:24%}
.plain td:nth-child(n+2){font-variant-numeric:tabular-nums}
.links{white-space:nowrap}
.value{font-weight:600}
.name{font-weight:600;display:block}
.meaning,.unit,.note{font-size:13.5px;line-height:1.4}
.meaning,.note{display:block}
.events td:first-child{font-variant-numeric:tabular-nums;white-space:nowrap}
.scroll{overflow-x:auto}
figure{margin:0 0 28px}
figure svg{display:block;width:100%;height:auto}
figcaption{margin-top:12px;font-size:15px;line-height:1.5;color:var(--soft);max-width:84ch}
.narrow{display:none}
details{margin-top:14px}
summary{cursor:pointer;color:var(--link)}
pre{background:var(--tint);border:1px solid var(--line);border-radius:4px;padding:12px 14px;overflow:auto;font:13px/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;max-height:60vh}
code{font:0.88em ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;overflow-wrap:anywhere}
li{margin-bottom:6px;max-width:76ch}
ul{padding-left:22px}
@media (max-width:700px){.wide{display:none}.narrow{display:block}main{padding-top:24px}h1{font-size:25px}.measures th:nth-child(1){width:44%}.measures .unit{display:block}.measures{font-size:14px}td,th{padding-right:10px}}
@media print{nav,details{display:none}section{break-inside:avoid}}
`;
