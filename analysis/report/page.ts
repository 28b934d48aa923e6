import type { Metrics } from '../metrics.js';
import type { RunData } from '../run-data.js';
import { html, raw, section, text, type Html, type Section } from './html.js';
import { style } from './style.js';

const facts = ({ scenario, roster, version }: RunData, { sample }: Metrics): string =>
  `${roster.length} institutions, ${scenario.assets.length} assets, ${sample.lastDay} trading days of which the first ${scenario.warmUp} are warm-up; seed ${scenario.seed}; Herdscope ${version}`;

const contents = (sections: readonly Section[]): Html =>
  html`<nav aria-label="Contents">
    ${sections.map((s) => html`<a href="#${text(s.id)}">${text(s.title)}</a>`)}
  </nav>`;

/** The whole page: one file that needs nothing else and runs nothing. */
export const page = (run: RunData, metrics: Metrics, sections: readonly Section[]): string => {
  const { name } = run.scenario;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="generator" content="Herdscope ${text(run.version)}" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>${text(name)}: Herdscope report</title>
        <style>
          ${raw(style)}
        </style>
      </head>
      <body>
        <main>
          <header>
            <h1>${text(name)}</h1>
            <p class="facts">${text(facts(run, metrics))}</p>
            ${contents(sections)}
          </header>
          ${sections.map(section)}
        </main>
      </body>
    </html> `;
};
