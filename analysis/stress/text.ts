import { decimal, percent } from '../figures/say.js';
import { aligned } from '../text/aligned.js';
import type { StressSummary } from './summary.js';

/** Institutions that the terminal shows; the JSON holds all. */
const shown = 12;

function banksTable({ banks, channels }: StressSummary): string[] {
  const order = [...banks].sort((a, b) => b.lossRatio - a.lossRatio);
  const head = ['bank', 'equity', 'leverage', 'shock', ...channels, 'loss', 'default'];
  const rows = order
    .slice(0, shown)
    .map((b) => [
      b.bank,
      decimal(b.equity, 0),
      decimal(b.leverage, 1),
      ...[b.directLoss, ...channels.map((name) => b.lossByChannel[name]!)].map((loss) =>
        percent(loss / b.equity),
      ),
      percent(b.lossRatio),
      b.defaulted ? 'yes' : '',
    ]);
  const rest = banks.length > shown ? [`(${banks.length - shown} more institutions lose less)`] : [];
  return [...aligned([head, ...rows]), ...rest];
}

const solutionLine = (name: string, of: StressSummary['system'], equity: number): string =>
  `${name}: ${percent(of.equityLostRatio)} of equity lost, the shock itself is ${percent(of.directLoss / equity)}; creditors lack ${decimal(of.shortfall, 0)}; ${of.defaults} in default; prices ${Object.entries(
    of.prices,
  )
    .map(([asset, price]) => `${asset} ${percent(price - 1)}`)
    .join(', ')}`;

/** A stress test for a terminal. */
export function stressText(summary: StressSummary): string {
  const worst = summary.selfFulfilling
    ? [solutionLine('worst solution', summary.worst, summary.equity)]
    : ['no other solution: the worst is the same'];
  const lines = [
    `${summary.institutions} institutions, ${summary.links} claims; channels ${summary.channels.join(', ')}`,
    solutionLine('mildest solution', summary.system, summary.equity),
    ...worst,
    '',
    ...banksTable(summary),
  ];
  return `${lines.join('\n')}\n`;
}
