import { parseCsv } from '../../cli/csv.js';
import { expectClose } from '../close.js';
import { measured } from '../measured.js';
import { sharedJson, sharedText } from '../shared.js';

interface Spillover {
  FROM: number[];
  TO: number[];
  NET: number[];
  TCI: number;
  cTCI: number;
}

interface Truth {
  inputs: { file: string; nlag: number; H: number };
  expected: {
    published_table_2dp: number[][];
    published: Spillover;
    full: Spillover & { table: number[][] };
    if_11_terms: Spillover & { table: number[][] };
  };
  tolerance: { published: number; full: number };
}

const contract = ({ FROM, TO, NET, TCI, cTCI }: Spillover) => ({
  from: FROM,
  to: TO,
  net: NET,
  total: TCI,
  totalCorrected: cTCI,
});

describe('truth b01: Diebold-Yilmaz 2012, generalized, four asset classes', () => {
  const load = (test: Mocha.Context) => {
    const { inputs, expected, tolerance } = sharedJson<Truth>(test, 'truth/b01_dy2012_generalized.json');
    const returns = parseCsv(sharedText(test, inputs.file), inputs.file);
    const at = (horizon: number) => measured('connectedness', { returns, lags: inputs.nlag, horizon });
    return { inputs, expected, tolerance, at };
  };

  it('agrees with the published table', function () {
    const { inputs, expected, tolerance, at } = load(this);
    const { published_table_2dp: table, published } = expected;
    expectClose(at(inputs.H), { table, ...contract(published) }, tolerance.published);
  });

  it('agrees in full precision, with ten terms and with eleven', function () {
    const { inputs, expected, tolerance, at } = load(this);
    const { full, if_11_terms: longer } = expected;
    expectClose(at(inputs.H), { table: full.table, ...contract(full) }, tolerance.full);
    expectClose(at(inputs.H + 1), { table: longer.table, ...contract(longer) }, tolerance.full);
  });
});
