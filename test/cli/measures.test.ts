import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { evaluate, inputSchema } from '../../cli/evaluate.js';
import { measures } from '../../cli/measures.js';

/** Every measure that a user is promised, by name. */
const contract = [
  'debtrank',
  'clearing',
  'cascade',
  'cross-holdings',
  'vulnerability',
  'fire-sale',
  'reconstruct',
  'impact',
  'connectedness',
  'absorption-ratio',
  'turbulence',
  'tail-risk',
  'lsv',
  'csad',
  'sias',
  'overlap',
  'homogenization',
  'monoculture-game',
  'cka',
  'effective-number',
  'ambiguity',
  'disagreement',
  'allocate',
  'covariance',
  'aggregate',
  'privacy',
  'clip',
  'mask',
  'garch',
  'stylized-facts',
  'order-book',
];

describe('measures', () => {
  it('are all there', () => {
    expect(contract.filter((name) => !Object.hasOwn(measures, name))).to.deep.equal([]);
  });

  for (const [name, measure] of Object.entries(measures)) {
    it(`${name}: its example fits its JSON Schema and computes`, () => {
      const schema = inputSchema(measure);
      const validate = new Ajv2020({ strict: false }).compile(schema);
      expect(validate(measure.example), JSON.stringify(validate.errors)).to.equal(true);
      expect(evaluate(measure, measure.example, '.')).to.be.an('object').that.is.not.empty;
    });

    it(`${name}: refuses an unknown key`, () => {
      const input = { ...(measure.example as object), notAKey: 1 };
      expect(() => evaluate(measure, input, '.')).to.throw(/notAKey: unknown key/);
    });

    it(`${name}: says what it is`, () => {
      for (const text of [measure.summary, measure.formula, measure.range, measure.source])
        expect(text).to.be.a('string').with.length.above(3);
    });
  }
});
