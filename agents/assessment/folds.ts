/** Days from `from` to the day before `to`. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What is trained on, and what is then forecast. */
export interface Fold {
  readonly train: readonly Stretch[];
  readonly test: Stretch;
}

export interface FoldPlan {
  readonly days: Stretch;
  readonly folds: number;
  /** Days until an outcome is known: the outcome of day d is that of days d to d + horizon - 1. */
  readonly horizon: number;
  readonly embargo: number;
}

const cut = ({ from, to }: Stretch, parts: number): Stretch[] =>
  Array.from({ length: parts }, (_, i) => ({
    from: from + Math.floor(((to - from) * i) / parts),
    to: from + Math.floor(((to - from) * (i + 1)) / parts),
  }));

const some = (stretches: readonly Stretch[]): Stretch[] => stretches.filter(({ from, to }) => to > from);

/** Train on everything before, then forecast the next part, and so on through the days. Purging leaves out the days
 * before a test whose outcomes reach into it; the embargo as many more, for nothing after a test is ever trained on.
 * @source López de Prado 2018, Advances in Financial Machine Learning, sections 7.4 and 12.2
 */
function walkForward({ days, folds, horizon, embargo }: FoldPlan): Fold[] {
  const [, ...tests] = cut(days, folds + 1);
  return tests.map((test) => ({
    train: some([{ from: days.from, to: test.from - (horizon - 1) - embargo }]),
    test,
  }));
}

/** Each part is forecast once by what was trained on all others; purged on both sides, and with an embargo on the days
 * right after a test, whose features remember it.
 * @source López de Prado 2018, Advances in Financial Machine Learning, sections 7.4.1 and 7.4.2
 */
function kFold({ days, folds, horizon, embargo }: FoldPlan): Fold[] {
  return cut(days, folds).map((test) => ({
    train: some([
      { from: days.from, to: test.from - (horizon - 1) },
      { from: test.to + (horizon - 1) + embargo, to: days.to },
    ]),
    test,
  }));
}

/** Ways to cut days into what is trained on and what is tested. */
export const foldSchemes = {
  'walk-forward': walkForward,
  'k-fold': kFold,
} satisfies Record<string, (plan: FoldPlan) => Fold[]>;

export type FoldScheme = keyof typeof foldSchemes;
