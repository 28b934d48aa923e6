/** What one contender does in one go, and how many units of work that is. */
export interface Contender {
  readonly name: string;
  readonly work: number;
  readonly run: () => void;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** Milliseconds of processor time so far: what a busy machine takes away from us does not count. */
const spent = (): number => process.cpuUsage().user / 1000;

function rate({ work, run }: Contender, milliseconds: number): number {
  const start = spent();
  let turns = 0;
  do {
    run();
    turns += 1;
  } while (spent() - start < milliseconds);
  return (turns * work * 1000) / (spent() - start);
}

/** Units of work per second of each contender, round by round and in turn, so that a noisy moment hits all alike. */
export function race(contenders: readonly Contender[], rounds = 9, milliseconds = 120): number[][] {
  for (const contender of contenders) rate(contender, milliseconds);
  return Array.from({ length: rounds }, () => contenders.map((contender) => rate(contender, milliseconds)));
}

export const medianRate = (rates: readonly number[][], of: number): number =>
  median(rates.map((round) => round[of]!));

/** Median over the rounds of one contender's rate over another's. */
export const ratio = (rates: readonly number[][], of: number, over: number): number =>
  median(rates.map((round) => round[of]! / round[over]!));
