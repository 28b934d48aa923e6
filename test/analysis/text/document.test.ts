import { expect } from 'chai';
import { written, type Block } from '../../../analysis/text/document.js';

const blocks: Block[] = [
  { heading: 'H' },
  { sentence: 'S.' },
  {
    rows: [
      ['k', 'v'],
      ['a|b', '10'],
    ],
  },
];

describe('written', () => {
  it('aligns tables for a terminal', () => {
    expect(written(blocks, 'text')).to.equal('H\n\nS.\n\n  k     v\n  a|b  10\n');
  });
  it('writes Markdown, and escapes what would end a cell', () => {
    expect(written(blocks, 'markdown')).to.equal('## H\n\nS.\n\n| k | v |\n| --- | ---: |\n| a\\|b | 10 |\n');
  });
});
