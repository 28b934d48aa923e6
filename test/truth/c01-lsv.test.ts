import { expectClose } from '../close.js';
import { measured } from '../measured.js';
import { sharedJson } from '../shared.js';

interface Truth {
  inputs: { buys: number[]; sells: number[] };
  expected: {
    p_bar: number;
    p_i: number[];
    AF: number[];
    H: number[];
    mean_H: number;
    BHM_mean: number;
    SHM_mean: number;
  };
  tolerance: number;
}

describe('truth c01: LSV of five shares and ten institutions', () => {
  it('agrees to the last digits', function () {
    const { inputs, expected, tolerance } = sharedJson<Truth>(this, 'truth/c01_lsv_small.json');
    const period = {
      meanShare: expected.p_bar,
      shares: expected.p_i,
      adjustment: expected.AF,
      herding: expected.H,
      meanHerding: expected.mean_H,
      buyHerding: expected.BHM_mean,
      sellHerding: expected.SHM_mean,
    };
    expectClose(
      measured('lsv', { periods: [inputs] }),
      { periods: [period], meanHerding: expected.mean_H },
      tolerance,
    );
  });
});
