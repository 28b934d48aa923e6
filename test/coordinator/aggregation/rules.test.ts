import { expect } from 'chai';
import { weiszfeld } from '../../../coordinator/aggregation/weiszfeld.js';
import { measures } from '../../../coordinator/aggregation/index.js';
import { MeasureInputError } from '../../../core/measure.js';
import { NotConverged } from '../../../core/not-converged.js';

interface Answer {
  aggregate: number[];
  selected?: number[];
  scores?: number[];
  groups?: number[];
  personal?: number[][];
  state?: Record<string, number | number[]>;
}

const run = (rule: string, updates: number[][], options: object = {}, examples?: number[]): Answer =>
  measures.aggregate.compute(
    measures.aggregate.input.parse({ rule, updates, options, ...(examples && { examples }) }),
  ) as Answer;

describe('aggregation rules, solved by hand', () => {
  it('median of an even number is the mean of the middle two', () =>
    expect(run('median', [[1], [9], [2], [4]]).aggregate).to.deep.equal([3]));

  it('krum breaks ties by the lowest index', () => {
    const { selected, scores } = run('krum', [[0], [1], [10], [11]], { f: 1 });
    expect(scores).to.deep.equal([1, 1, 1, 1]);
    expect(selected).to.deep.equal([0]);
  });

  it('multi-krum weighs the chosen by examples', () => {
    const { aggregate, selected } = run('multi-krum', [[0], [4], [100]], { f: 1, m: 2 }, [1, 3, 50]);
    expect([aggregate, selected]).to.deep.equal([[3], [0, 1]]);
  });

  it('bulyan drops the outlier and averages near the median', () => {
    const { aggregate, selected } = run('bulyan', [[1], [2], [3], [4], [5], [6], [1000]], { f: 1 });
    expect(selected).to.not.include(6);
    expect(aggregate[0]).to.be.within(1, 6);
    expect(() => run('bulyan', [[1], [2]], { f: 1 })).to.throw(MeasureInputError, /at least 7 updates/);
  });

  it('the geometric median ends on the heaviest of points that rounding does not tell apart', () => {
    // Found by the law of aggregation: 387 of weight at nothing but rounding from 0, against 385 on the left.
    const points = [
      [0, -6.601780011550318e-9, 0],
      [0, 1.1389484494417346e-10, 0],
      [0, 0, 0],
      [0, 0, 3.2924862034132732e-21],
    ].map((point) => Float32Array.from(point));
    const { value, residual } = weiszfeld(points, [385, 1, 1, 385], 1e-10, 1000);
    expect(Array.from(value)).to.deep.equal(Array.from(points[3]!));
    expect(residual).to.be.at.most(1e-10);
  });

  it('geometric median: a corner that holds, a triangle’s Fermat point, and no rough answers', () => {
    expect(run('geometric-median', [[0], [1], [50]]).aggregate[0]).to.be.closeTo(1, 1e-9);
    expect(
      run(
        'geometric-median',
        [
          [0, 0],
          [7, 1],
        ],
        {},
        [5, 1],
      ).aggregate,
    ).to.deep.equal([0, 0]);
    const [x, y] = run('geometric-median', [
      [0, 0],
      [1, 0],
      [0.5, Math.sqrt(3) / 2],
    ]).aggregate;
    expect([x! - 0.5, y! - Math.sqrt(3) / 6].map(Math.abs).every((error) => error < 1e-8)).to.equal(true);
    expect(() =>
      run(
        'geometric-median',
        [
          [0, 0],
          [4, 0],
          [0, 3],
        ],
        { maxIterations: 1 },
      ),
    ).to.throw(NotConverged);
  });

  it('norm clipping shortens only the long', () =>
    expect(run('norm-clipping', [[0.5], [10]], { clip: 1 })).to.deep.include({
      aggregate: [0.75],
      scores: [0.5, 10],
    }));

  it('fednova gives each local step one voice', () =>
    expect(run('fednova', [[2], [10]], { localSteps: [1, 10] }).aggregate[0]).to.be.closeTo(8.25, 1e-12));

  it('scaffold moves its control variate by the mean change', () =>
    expect(run('scaffold', [[2], [4]], { controlDelta: [[1], [3]] })).to.deep.equal({
      aggregate: [3],
      state: { parameters: [3], control: [2] },
    }));

  it('fedavgm remembers its direction', () => {
    const first = run('fedavgm', [[1]], { momentum: 0.5 });
    expect(first.state).to.deep.equal({ parameters: [1], momentum: [1] });
    expect(run('fedavgm', [[2]], { momentum: 0.5, state: first.state }).aggregate).to.deep.equal([2.5]);
  });

  it('fedbuff waits for its buffer, and discounts the stale', () => {
    const options = { bufferSize: 2, staleness: [0, 3, 0] };
    expect(run('fedbuff', [[1], [4], [8]], options)).to.deep.equal({
      aggregate: [1.5],
      state: { parameters: [1.5], buffer: [8], count: 1 },
    });
  });

  it('foolsgold silences Sybils and hears the odd one out', () => {
    const { aggregate, scores } = run('foolsgold', [
      [1, 0],
      [1, 0],
      [0, 1],
    ]);
    expect([aggregate, scores]).to.deep.equal([
      [0, 1],
      [0, 0, 1],
    ]);
    expect(
      run('foolsgold', [
        [1, 0],
        [1, 0],
      ]).aggregate,
    ).to.deep.equal([0, 0]);
  });

  it('hierarchical: regions count by examples, as equals, or by their median', () => {
    const with_ = (world: string) =>
      run('hierarchical', [[0], [0], [6], [9]], { world, region: ['a', 'a', 'b', 'c'] }).aggregate[0];
    expect([with_('examples'), with_('equal'), with_('median')]).to.deep.equal([3.75, 5, 6]);
  });

  it('clustered: those who pull the same way share a model', () => {
    const { groups, personal, aggregate } = run(
      'clustered',
      [
        [1, 0],
        [-1, 0],
        [3, 0],
      ],
      { minSimilarity: 0.5 },
    );
    expect(groups).to.deep.equal([0, 1, 0]);
    expect(personal).to.deep.equal([
      [2, 0],
      [-1, 0],
      [2, 0],
    ]);
    expect(aggregate).to.deep.equal([1, 0]);
  });

  it('gossip mixes neighbours, keeps the mean, and approaches agreement', () => {
    const once = run('gossip', [[0], [0], [8], [0]], {
      edges: [
        ['0', '2'],
        ['0', '9'],
      ],
    });
    expect(once.personal).to.deep.equal([[4], [0], [4], [0]]);
    expect(once.aggregate).to.deep.equal([2]);
    const often = run('gossip', [[0], [0], [8], [0]], { exchanges: 200 });
    often.personal!.forEach(([value]) => expect(value).to.be.closeTo(2, 1e-12));
  });

  it('names what is missing, of the wrong length or unknown', () => {
    const paths = (input: object) =>
      measures.aggregate.input.safeParse(input).error!.issues.map(({ path }) => path.join('.'));
    const updates = [[1], [2]];
    expect(paths({ rule: 'fednova', updates })).to.deep.equal(['options.localSteps']);
    expect(paths({ rule: 'fednova', updates, options: { localSteps: [1] } })).to.deep.equal([
      'options.localSteps',
    ]);
    expect(paths({ rule: 'krum', updates, options: { f: -1 } })).to.deep.equal(['options.f']);
    expect(paths({ rule: 'median', updates, options: { f: 1 } })).to.deep.equal(['options']);
    expect(paths({ rule: 'fedadam', updates, options: { state: { q: [1] } } })).to.deep.equal([
      'options.state.q',
    ]);
    expect(paths({ rule: 'fedavg', updates, examples: [1] })).to.deep.equal(['examples']);
  });
});
