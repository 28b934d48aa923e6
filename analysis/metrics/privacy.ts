import { numbers, texts, type RunData } from '../run-data.js';
import { metric, type MetricMap } from './metric.js';

/** What an institution has given away by the last round that its account was in. */
export interface Account {
  readonly institution: string;
  readonly epsilon: number;
  /** The day from which it was asked for no more updates; undefined: its budget lasted. */
  readonly spentOn: number | undefined;
}

/** Every institution's privacy account at the end of a run, the most spent first; none where nothing was hidden. */
export function privacyAccounts({ tables, notices }: RunData): Account[] {
  if (!tables.privacy) return [];
  const epsilon = numbers(tables.privacy, 'epsilon');
  const last = new Map(texts(tables.privacy, 'institution').map((id, row) => [id, epsilon[row]!]));
  const spentOn = new Map(
    notices
      .filter(({ kind }) => kind === 'budget-spent')
      .flatMap(({ day, columns }) => columns['institution']!.map((id) => [String(id), day] as const)),
  );
  return [...last]
    .map(([institution, spent]) => ({ institution, epsilon: spent, spentOn: spentOn.get(institution) }))
    .sort((a, b) => b.epsilon - a.epsilon);
}

/** The largest ε of all institutions; nothing where nothing was hidden. */
export function privacyMetrics(run: RunData): MetricMap {
  const [most] = privacyAccounts(run);
  if (!most) return {};
  return {
    privacyLoss: metric(
      {
        topic: 'privacy',
        label: 'Privacy loss',
        unit: 'epsilon',
        meaning:
          'The largest ε of all institutions, warm-up included, at the δ of the scenario (Rényi accountant).',
      },
      most.epsilon,
      'no round took place',
    ),
  };
}
