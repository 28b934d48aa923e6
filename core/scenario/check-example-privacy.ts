import type { Scenario } from '../scenario.js';
import type { ArchitectureExtension, Catalogue } from './catalogue.js';
import type { Problem } from './problem.js';

/** Why nobody has the gradients of an architecture's single examples; undefined where the engine does. */
function withoutGradients({ learns, trainsApart, isForeign }: ArchitectureExtension): string | undefined {
  if (learns !== 'by gradient') return `learns ${learns}`;
  if (trainsApart) return 'has parts that train apart, each with a gradient of its own';
  return isForeign ? 'is not computed by the engine' : undefined;
}

/** What training by noised gradients does not go with: whatever learns from examples otherwise. */
export function examplePrivacyProblems(
  { learning, federation }: Scenario,
  catalogue: Catalogue,
  path: Problem['path'],
): Problem[] {
  const { mechanism } = federation.privacy;
  const { rule } = federation.aggregation;
  const refused = (message: string, at: Problem['path'], what: string): Problem => ({
    path,
    message: `"${mechanism}" ${message}`,
    see: { path: at, what },
  });
  const architectures = learning.architectures.flatMap(({ name }, i) => {
    const why = catalogue.architectures[name] && withoutGradients(catalogue.architectures[name]);
    const message = `needs the gradient of every single example, and ${name} ${why}`;
    return why ? [refused(message, ['learning', 'architectures', i], 'the architecture')] : [];
  });
  const regimes = learning.regimes.flatMap(({ name }, i) => {
    const message = `accounts for one gradient an example, and regime "${name}" learns from examples otherwise`;
    return catalogue.regimes[name]?.isByExample
      ? []
      : [refused(message, ['learning', 'regimes', i], 'the regime')];
  });
  const controlled = catalogue.aggregations[rule]?.extras.includes('controlDelta');
  const shuffled = learning.targets === 'shuffled';
  return [
    ...architectures,
    ...regimes,
    ...(controlled
      ? [
          refused(
            `noises every gradient, and "${rule}" sends others without noise`,
            ['federation', 'aggregation', 'rule'],
            'the rule',
          ),
        ]
      : []),
    ...(shuffled
      ? [
          refused(
            'hides single examples, and learning.targets shuffled mixes one’s target into another',
            ['learning', 'targets'],
            'the targets',
          ),
        ]
      : []),
  ];
}
