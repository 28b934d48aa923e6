import { html, raw, section, text, type Html, type Section } from './html.js';
import { style } from './style.js';

/** What a page says at its head. */
export interface Head {
  readonly title: string;
  /** What the report is of, in one line. */
  readonly facts: string;
  readonly version: string;
}

const contents = (sections: readonly Section[]): Html =>
  html`<nav aria-label="Contents">
    ${sections.map((s) => html`<a href="#${text(s.id)}">${text(s.title)}</a>`)}
  </nav>`;

/** A whole page: one file that needs nothing else and runs nothing. */
export const shell = ({ title, facts, version }: Head, sections: readonly Section[]): string =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="generator" content="Herdscope ${text(version)}" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>${text(title)}: Herdscope report</title>
        <style>
          ${raw(style)}
        </style>
      </head>
      <body>
        <main>
          <header>
            <h1>${text(title)}</h1>
            <p class="facts">${text(facts)}</p>
            ${contents(sections)}
          </header>
          ${sections.map(section)}
        </main>
      </body>
    </html> `;
