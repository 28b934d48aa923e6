import type { Updates } from '../../core/protocol.js';

/** Words behind the masks of each update of a message: its parameters, and the number told beside them where there is
 * one; none of a model without parameters. */
export function maskedWidths(
  { architecture, masked }: Pick<Updates, 'architecture' | 'masked'>,
  parameterCounts: Int32Array,
): number[] {
  const parameters = Array.from(architecture, (a) => parameterCounts[a]!);
  const rows = parameters.filter((n) => n > 0).length;
  const beside = rows === 0 ? 0 : (masked.length - parameters.reduce((sum, n) => sum + n, 0)) / rows;
  return parameters.map((n) => (n > 0 ? n + beside : 0));
}
