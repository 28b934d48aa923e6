import { expect } from 'chai';
import { accuracyOn } from '../../../agents/accuracy.js';
import { forecastDeployed, teach, type OpenRegime } from '../../../agents/curriculum.js';
import type { Cohort } from '../../../agents/learning/cohort.js';
import { openEngine } from '../../../agents/learning/engine.js';
import type { Reading } from '../../../agents/regimes/regime.js';
import { regimes, type RegimeName } from '../../../agents/regimes/index.js';
import { quantizedWeights, sizeRatio } from '../../../agents/regimes/quantized.js';
import { create } from '../models/create.js';
import { drawsFor } from '../models/task.js';
import { plainLesson, pupilWith, windowOf } from '../window-of.js';

function open(name: RegimeName, options: Record<string, unknown> = {}, features = 1): OpenRegime {
  const regime = regimes[name] as unknown as OpenRegime['regime'];
  const parsed = regime.options.parse(options);
  const premises = { shape: { features, assets: 1 }, engine: openEngine() };
  return { name, regime, options: parsed, assistant: regime.assistant?.(parsed, premises) };
}

const fresh = (features: number, options: Record<string, unknown> = {}): Cohort => {
  const cohort = create('mlp', { features }, options);
  cohort.initialise(0, drawsFor('initialise'));
  return cohort;
};
const read = (readings: readonly Reading[], quantity: string): number =>
  readings.find((reading) => reading.quantity === quantity)!.value;

/** Few noisy days of many features: a network learns them by heart. */
const noisy = (days: number, purpose: string, noise = 1) =>
  windowOf(days, { width: 8 }, (d) => {
    const draws = drawsFor(`${purpose} ${d}`);
    const inputs = Array.from({ length: 8 }, () => draws.normal());
    return { inputs, targets: [0.5 * inputs[0]! + noise * draws.normal()] };
  });

describe('early stopping', () => {
  const train = noisy(100, 'train');
  const test = plainLesson(noisy(400, 'test', 0)).spans;
  const schooled = (opened: readonly OpenRegime[], learn = train) => {
    const cohort = fresh(8, { hidden: [32, 16] });
    const taught = teach(pupilWith(cohort), plainLesson(learn, { steps: 1500 }), opened, {});
    return { ...taught, cohort, loss: accuracyOn(cohort, 0, test, 1).loss };
  };
  const stopped = schooled([open('early-stopping', { heldOutShare: 0.3, checkEvery: 10 })]);

  it('stops long before its steps are up, and forecasts the unseen better than what trained on', () => {
    expect(stopped.schooled.steps).to.be.within(10, 500);
    expect(stopped.loss).to.be.lessThan(0.6 * schooled([]).loss);
  });

  it('reports the model that it kept', () => {
    const heldOut = [{ window: train, from: 70, to: 100 }];
    expect(read(stopped.readings, 'steps')).to.equal(stopped.schooled.steps);
    expect(read(stopped.readings, 'held-out-loss')).to.equal(accuracyOn(stopped.cohort, 0, heldOut, 1).loss);
  });

  it('never trains on what it holds out, nor on what overlaps it', () => {
    const poisoned = noisy(100, 'train');
    // With outcomes of five days, those of days 66 to 69 reach into the held-out ones.
    for (let day = 66; day < 70; day++) poisoned.targets[day] = NaN;
    const lesson = plainLesson(poisoned, { steps: 200 });
    const early = open('early-stopping', { heldOutShare: 0.3 });
    expect(() => teach(pupilWith(fresh(8), { horizon: 5 }), lesson, [early], {})).not.to.throw();
    expect(() => teach(pupilWith(fresh(8), { horizon: 4 }), lesson, [early], {})).to.throw(
      'targets is not finite',
    );
  });

  it('trains on all where there are too few days to hold some out', () => {
    const { schooled: all } = schooled([open('early-stopping')], noisy(2, 'few'));
    expect(all).to.include({ steps: 1500 }).and.not.have.property('heldOutLoss');
  });
});

describe('distillation', () => {
  const curve = (days: number, purpose: string, noise: number) =>
    windowOf(days, { width: 2 }, (d) => {
      const draws = drawsFor(`${purpose} ${d}`);
      const inputs = [draws.normal(), draws.normal()];
      return { inputs, targets: [inputs[0]! * inputs[1]! + noise * draws.normal()] };
    });
  const lessons = (opened: readonly OpenRegime[]) => {
    const cohort = fresh(2, { hidden: [8] });
    const window = curve(600, 'train', 0.5);
    let keepsakes = {};
    let readings: readonly Reading[] = [];
    for (let round = 1; round <= 3; round++)
      ({ keepsakes, readings } = teach(
        pupilWith(cohort, { round }),
        plainLesson(window, { steps: 400 }),
        opened,
        keepsakes,
      ));
    return { cohort, readings, keepsakes };
  };

  it('a teacher learns what is to be learned, and a student with a sixtieth of its numbers learns it from it', () => {
    const teacher = open('distillation', { weight: 1, steps: 400, hidden: [64, 32] }, 2);
    const { cohort, readings } = lessons([teacher]);
    expect(read(readings, 'student-size')).to.be.lessThan(1 / 60);
    expect(read(readings, 'teacher-loss')).to.be.lessThan(0.35);
    expect(read(readings, 'student-loss')).to.be.within(0.2, 0.5);
    const { loss, zeroLoss } = accuracyOn(cohort, 0, plainLesson(curve(300, 'test', 0)).spans, 1);
    expect(loss / zeroLoss).to.be.lessThan(0.25);
  });

  it('at full weight learns the teacher whatever happened, and less of it at less', () => {
    const distance = (weight: number): number => {
      const teacher = open('distillation', { weight, steps: 400, hidden: [64, 32] }, 2);
      const { cohort } = lessons([teacher]);
      const rows = Float32Array.from({ length: 200 }, () => 0);
      const draws = drawsFor('rows');
      rows.forEach((_, i) => (rows[i] = draws.normal()));
      const [own, theirs] = [cohort, teacher.assistant!].map((c) => c.forecast(0, rows, 100).mean);
      return own!.reduce((sum, f, i) => sum + (f - theirs![i]!) ** 2, 0) / 100;
    };
    expect(distance(1)).to.be.lessThan(distance(0.05));
  });

  for (const name of [
    'bayesian-linear',
    'autoregressive',
    'random-forest',
    'gradient-boosting',
    'mlp',
    'deep-ensemble',
  ] as const)
    it(`leaves what ${name} says of its uncertainty to what happened, not to how well it follows its teacher`, () => {
      const window = curve(600, 'train', 1);
      const student = (opened: readonly OpenRegime[]) => {
        const cohort = create(name, { features: 2 });
        cohort.initialise(0, drawsFor('initialise'));
        let keepsakes = {};
        for (let round = 1; round <= 8; round++)
          ({ keepsakes } = teach(
            pupilWith(cohort, { round }),
            plainLesson(window, { steps: 50 }),
            opened,
            keepsakes,
          ));
        const { inputs } = curve(300, 'test', 1);
        const stated = cohort.forecast(0, inputs, 300).stdDev;
        const { loss } = accuracyOn(cohort, 0, plainLesson(window).spans, 1);
        return { stated: stated.reduce((sum, s) => sum + s, 0) / 300, met: Math.sqrt(loss) };
      };
      const { stated, met } = student([open('distillation', { weight: 1, steps: 100, hidden: [32] }, 2)]);
      expect(met).to.be.greaterThan(0.75);
      expect(stated).to.be.within(0.9 * met, 1.3 * met);
    });
});

describe('adversarial training', () => {
  it('loses less under attack, and reports both losses', () => {
    // One strong feature, and many that say the same a little: the attack turns the many against the model.
    const window = windowOf(400, { width: 8 }, (_d, draws) => {
      const y = draws.normal();
      return {
        inputs: Array.from(
          { length: 8 },
          (_, i) => (i === 0 ? 1 : 0.15) * y + (i === 0 ? 0.5 : 0.1) * draws.normal(),
        ),
        targets: [y],
      };
    });
    const losses = (opened: OpenRegime[]) => {
      const cohort = create('linear', { features: 8 });
      cohort.initialise(0, drawsFor('initialise'));
      teach(pupilWith(cohort), plainLesson(window, { steps: 1500 }), opened, {});
      const look = open('adversarial', { radius: 0.15 });
      const { readings } = look.regime.conclude!(
        { options: look.options, pupil: pupilWith(cohort), memory: undefined, assistant: undefined },
        plainLesson(window),
        { loss: 0, steps: 0, penalties: {} },
      );
      return { clean: read(readings, 'clean-loss'), attacked: read(readings, 'attacked-loss') };
    };
    const [plain, robust] = [losses([]), losses([open('adversarial', { radius: 0.15, share: 1 })])];
    expect(plain.attacked).to.be.greaterThan(2 * plain.clean);
    expect(robust.attacked).to.be.lessThan(0.8 * plain.attacked);
    expect(robust.clean).to.be.greaterThan(plain.clean);
  });
});

describe('quantized inference', () => {
  const tensors = [
    { name: 'weights', rows: 2, columns: 2 },
    { name: 'bias', rows: 1, columns: 2 },
  ];

  it('keeps a byte a weight and a scale a column, and vectors as they are: solved by hand', () => {
    const rounded = quantizedWeights(tensors, Float32Array.of(127, 0.3, 1.4, -1.27, 0.123456, 5));
    // Column 1: scale 1, levels 127 and 1. Column 2: scale 0.01, levels 30 and -127.
    expect([...rounded].map((w) => Number(w.toFixed(6)))).to.deep.equal([127, 0.3, 1, -1.27, 0.123456, 5]);
    expect(sizeRatio(tensors)).to.equal((4 + 8 + 8) / 24);
  });

  it('is at most half a level off, and twice the same as once', () => {
    const draws = drawsFor('weights');
    const shape = [{ name: 'w', rows: 20, columns: 7 }];
    const weights = Float32Array.from({ length: 140 }, () => draws.normal());
    const once = quantizedWeights(shape, weights);
    for (let c = 0; c < 7; c++) {
      const column = weights.filter((_, i) => i % 7 === c);
      const level = Math.max(...column.map(Math.abs)) / 127;
      column.forEach((w, r) => expect(Math.abs(w - once[r * 7 + c]!)).to.be.at.most(0.5001 * level));
    }
    expect(new Set(once.filter((_, i) => i % 7 === 0)).size).to.be.greaterThan(15);
    quantizedWeights(shape, once).forEach((w, i) => expect(w).to.be.closeTo(once[i]!, 1e-7));
  });

  it('forecasts with the rounded weights, trains on with the exact ones, and says what it lost', () => {
    const window = noisy(200, 'train');
    const cohort = fresh(8);
    const opened = [open('quantized')];
    const { readings } = teach(pupilWith(cohort), plainLesson(window), opened, {});
    const learned = cohort.parameters(0);
    const rows = window.inputs.subarray(0, 80);
    const deployed = forecastDeployed(opened, cohort, 0, rows, 10).mean;
    const exact = cohort.forecast(0, rows, 10).mean;
    expect(cohort.parameters(0)).to.deep.equal(learned);
    expect(deployed).not.to.deep.equal(exact);
    deployed.forEach((f, i) => expect(f).to.be.closeTo(exact[i]!, 0.05));
    const [float, int8] = [read(readings, 'float32-loss'), read(readings, 'int8-loss')];
    expect(float).to.equal(accuracyOn(cohort, 0, plainLesson(window).spans, 1).loss);
    expect(int8).not.to.equal(float);
    expect(int8).to.be.closeTo(float, 0.02 * float);
    expect(read(readings, 'int8-size')).to.be.within(0.25, 0.45);
  });
});
