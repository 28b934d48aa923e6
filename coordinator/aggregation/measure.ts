import { z } from 'zod';
import { measure, MeasureInputError, type Measure } from '../../core/measure.js';
import { index, matrix, nonNegative, requireLength, vector } from '../../core/measure-input.js';
import { TooFewUpdates } from './too-few-updates.js';
import type { Aggregated, Aggregation, State, Update, UpdateExtras } from './aggregation.js';

type Rules = Readonly<Record<string, Aggregation>>;

/** State entries that are one number, written as a number. */
const scalars: ReadonlySet<string> = new Set(['round', 'count']);

const remembered = z
  .object({ parameters: vector.optional().describe('the model before the round; absent: zeros') })
  .catchall(z.union([vector, nonNegative]))
  .describe('the rule’s memory, as an earlier call returned it');

const extraColumns = {
  localSteps: z.array(z.number().gt(0, 'must be positive')).describe('local steps, by client'),
  controlDelta: matrix.describe('change of each client’s control variate'),
  staleness: z.array(index).describe('rounds since the model each client started from'),
  region: z.array(z.string().min(1)).describe('region of each client'),
} satisfies Record<keyof UpdateExtras, z.ZodType>;

const extrasOf = (rule: Aggregation): Record<string, z.ZodType> =>
  Object.fromEntries(rule.extras.map((extra) => [extra, extraColumns[extra]]));

const inputFor = (name: string, rule: Aggregation) =>
  z.strictObject({
    rule: z.literal(name),
    updates: matrix,
    examples: z.array(z.number().gt(0, 'must be positive')).optional(),
    options: rule.options.extend({ ...extrasOf(rule), state: remembered.optional() }).prefault({}),
  });

type Input = z.output<ReturnType<typeof inputFor>> & {
  options: { state?: z.output<typeof remembered> } & Partial<Record<keyof UpdateExtras, unknown[]>>;
};

const clientId = (i: number, clients: number): string => String(i).padStart(String(clients).length, '0');

/** Every length that must agree with the updates, and every state entry the rule does not know. */
function checkSizes(input: Input, context: z.core.$RefinementCtx, rules: Rules): void {
  const { updates, examples, options } = input;
  const width = updates[0]!.length;
  requireLength(context, ['examples'], examples, updates.length, 'updates');
  for (const extra of rules[input.rule]!.extras)
    requireLength(context, ['options', extra], options[extra], updates.length, 'updates');
  for (const [key, value] of Object.entries(options.state ?? {})) {
    const path = ['options', 'state', key];
    if (key !== 'parameters' && !known(input, rules, key))
      context.addIssue({ code: 'custom', path, message: `is no part of the memory of ${input.rule}` });
    else requireLength(context, path, [value].flat(), scalars.has(key) ? 1 : width, 'updates');
  }
}

const known = (input: Input, rules: Rules, key: string): boolean =>
  key in rules[input.rule]!.initialState(1, input.options) ||
  (/^\d+$/.test(key) && key === clientId(Number(key), input.updates.length));

const toUpdates = (input: Input, parameters: Float64Array): Update<Float64Array>[] =>
  input.updates.map((row, i) => {
    const { localSteps, controlDelta, staleness, region } = input.options;
    return {
      institution: clientId(i, input.updates.length),
      examples: input.examples?.[i] ?? 1,
      delta: Float64Array.from(row, (value, j) => value - parameters[j]!),
      ...(localSteps && { localSteps: localSteps[i] as number }),
      ...(controlDelta && { controlDelta: Float64Array.from(controlDelta[i] as number[]) }),
      ...(staleness && { staleness: staleness[i] as number }),
      ...(region && { region: region[i] as string }),
    };
  });

const readState = (given: Readonly<Record<string, unknown>>): State =>
  Object.fromEntries(
    Object.entries(given)
      .filter(([key]) => key !== 'parameters')
      .map(([key, value]) => [key, Float64Array.from([value as number | number[]].flat())]),
  );

const writeState = (parameters: Float64Array, state: State): Record<string, number | number[]> => ({
  parameters: [...parameters],
  ...Object.fromEntries(
    Object.entries(state).map(([key, values]) => [key, scalars.has(key) ? values[0]! : [...values]]),
  ),
});

function written({ parameters, state, selected, scores, groups, personal }: Aggregated<Float64Array>) {
  return {
    aggregate: [...parameters],
    ...(selected && { selected }),
    ...(scores && { scores }),
    ...(groups && { groups }),
    ...(personal && { personal: personal.map((model) => [...model]) }),
    ...(Object.keys(state).length > 0 && { state: writeState(parameters, state) }),
  };
}

function compute(input: Input, rules: Rules) {
  const rule = rules[input.rule]!;
  const width = input.updates[0]!.length;
  const { state = {}, ...options } = input.options;
  const parameters = Float64Array.from(state.parameters ?? Array<number>(width).fill(0));
  const memory = { ...rule.initialState(width, options), ...readState(state) };
  const round = { parameters, updates: toUpdates(input, parameters) };
  return written(refusingFew(() => rule.aggregate(memory, round, options)));
}

/** A user's table that is too short for its rule is bad input, not a failure. */
function refusingFew<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof TooFewUpdates) throw new MeasureInputError(error.message, ['updates']);
    throw error;
  }
}

/** `herdscope measure aggregate`: any aggregation rule on one round of a user's own updates. */
export const aggregateMeasure = (rules: Rules): Measure =>
  measure({
    summary: 'What an aggregation rule makes of the clients’ updates in one round.',
    formula: 'depends on the rule; fedavg: Σ n_i u_i / Σ n_i',
    range: 'the span of the updates for every rule without a server optimiser',
    source: 'the paper of each rule; Krum, Bulyan, median and trimmed mean as in Flower',
    pitfall:
      'rules with memory take the clients’ parameters, not their differences, and options.state.parameters ' +
      'as the model before; state.round counts the rounds done',
    input: z
      .discriminatedUnion('rule', unionOf(rules))
      .superRefine((input, context) => checkSizes(input as Input, context, rules)),
    example: {
      rule: 'fedavg',
      updates: [
        [1, 2],
        [29, 23],
      ],
      examples: [1, 2],
    },
    table: 'updates',
    compute: (input) => compute(input as Input, rules),
  });

const unionOf = (rules: Rules) =>
  Object.entries(rules).map(([name, rule]) => inputFor(name, rule)) as unknown as [
    ReturnType<typeof inputFor>,
  ];
