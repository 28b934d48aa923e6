import { escaped } from '../figures/drawing.js';

/** Markup, never bare text. */
export type Html = string & { readonly markup: unique symbol };

export const raw = (markup: string): Html => markup as Html;

/** A plain value, escaped. */
export const text = (value: string | number): Html => raw(escaped(String(value)));

/** Joins markup; every plain value in it must have gone through `text`. */
export const html = (strings: TemplateStringsArray, ...parts: readonly (Html | readonly Html[])[]): Html =>
  raw(strings.reduce((all, s, i) => all + (i === 0 ? '' : [parts[i - 1]!].flat().join('')) + s, ''));

/** A table with a head; it scrolls sideways where the page is too narrow. */
export const table = (head: readonly string[], rows: readonly (readonly Html[])[], kind: string): Html =>
  html`<div class="scroll">
    <table class="${text(kind)}">
      <thead>
        <tr>
          ${head.map((h) => html`<th scope="col">${text(h)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;

/** A section with its heading, which the contents point to. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: Html;
}

export const section = ({ id, title, body }: Section): Html =>
  html`<section id="${text(id)}">
    <h2>${text(title)}</h2>
    ${body}
  </section> `;
