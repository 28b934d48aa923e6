import { aligned } from './aligned.js';

/** A piece of a text: a heading, a sentence, or a table whose first row is its head. */
export type Block =
  | { readonly heading: string }
  | { readonly sentence: string }
  | { readonly rows: readonly (readonly string[])[] };

/** How each piece is written. */
interface Manner {
  readonly heading: (text: string) => string;
  readonly rows: (rows: readonly (readonly string[])[]) => string;
}

const escapedCell = (cell: string): string => cell.replaceAll('|', '\\|');
const markdownRow = (cells: readonly string[]): string => `| ${cells.map(escapedCell).join(' | ')} |`;

const manners = {
  text: {
    heading: (text) => text,
    rows: (rows) =>
      aligned(rows)
        .map((line) => `  ${line}`)
        .join('\n'),
  },
  markdown: {
    heading: (text) => `## ${text}`,
    rows: ([head, ...rows]) =>
      [
        markdownRow(head!),
        `|${head!.map((_, j) => (j === 0 ? ' --- |' : ' ---: |')).join('')}`,
        ...rows.map(markdownRow),
      ].join('\n'),
  },
} satisfies Record<string, Manner>;

/** Writes a text for a terminal, or as Markdown. */
export function written(blocks: readonly Block[], manner: keyof typeof manners): string {
  const { heading, rows } = manners[manner];
  const one = (block: Block): string =>
    'heading' in block ? heading(block.heading) : 'rows' in block ? rows(block.rows) : block.sentence;
  return `${blocks.map(one).join('\n\n')}\n`;
}
