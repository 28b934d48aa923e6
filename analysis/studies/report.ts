import { alone } from '../figures/frame.js';
import { html, table, text } from '../report/html.js';
import { pictureHtml, pictureOf } from '../report/sections/pictures.js';
import { shell } from '../report/shell.js';
import type { Study, StudyResult } from './study.js';

interface StudySource {
  readonly name: string;
  readonly version: string;
  readonly command: string;
}

const csvOf = (rows: StudyResult['rows']): string =>
  `${[Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))].map((row) => row.join(',')).join('\n')}\n`;

const cell = (value: number | string): string =>
  typeof value === 'number' ? String(Number(value.toPrecision(5))) : value;

/** The files of a study's report, by path: a page that stands alone, its figure, and its numbers. */
export async function studyReport(
  study: Study,
  result: StudyResult,
  { name, version, command }: StudySource,
): Promise<ReadonlyMap<string, string>> {
  const picture = await pictureOf(name, result.figure);
  const head = Object.keys(result.rows[0] ?? {});
  const rows = result.rows.map((row) => Object.values(row).map((value) => text(cell(value))));
  const sections = [
    {
      id: 'question',
      title: 'Question',
      body: html`<p class="question">${text(study.question)}</p>
        <p class="note">Compared with: ${text(study.source)}</p>`,
    },
    {
      id: 'findings',
      title: 'Findings',
      body: html`<ul>
          ${result.findings.map((f) => html`<li>${text(f)}</li>`)}
        </ul>
        ${pictureHtml(picture)}`,
    },
    { id: 'numbers', title: 'Numbers', body: table(head, rows, 'plain') },
    { id: 'reproduce', title: 'Reproduce', body: html`<pre>${text(command)}</pre>` },
  ];
  const data = { title: result.figure.title, caption: result.figure.caption, data: result.figure.data };
  return new Map([
    [
      'report.html',
      shell({ title: name, facts: `A study of contagion; Herdscope ${version}`, version }, sections),
    ],
    [`${name}.csv`, csvOf(result.rows)],
    [`figures/${name}.svg`, alone(picture.wide)],
    [`figures/${name}.json`, `${JSON.stringify(data)}\n`],
  ]);
}
