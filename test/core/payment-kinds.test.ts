import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { paymentKindNames, paymentKinds } from '../../core/payment-kinds.js';

describe('payment kinds', () => {
  const model = readFileSync(new URL('../../docs/model.md', import.meta.url), 'utf8');
  const dictionary = model.slice(model.indexOf('### Kinds of payments'));
  const row = (kind: string): string | undefined =>
    dictionary.split('\n').find((line) => line.startsWith(`| \`${kind}\` `));

  it('are all in the dictionary of docs/model.md, with their meaning', () => {
    for (const [kind, { meaning }] of Object.entries(paymentKinds))
      expect(row(kind), kind).to.include(meaning);
  });

  it('that change what is owed or lent on one side change cash or end it', () => {
    for (const [kind, effect] of Object.entries(paymentKinds)) {
      const { cash, fundingOfPayer, fundingOfPayee, loansOfPayer } = effect;
      const moves = [cash, fundingOfPayer, fundingOfPayee, loansOfPayer].some((x) => x !== 0);
      expect(moves, kind).to.equal(true);
      if (cash === 0) expect(kind).to.match(/^estate-/);
    }
  });

  it('have their places as codes', () => {
    const codes = paymentKindNames.map((name) => paymentKinds[name].code);
    expect(codes).to.deep.equal(codes.map((_, place) => place));
  });
});
