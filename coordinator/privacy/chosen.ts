import type { Scenario } from '../../core/scenario.js';
import { privacies } from './index.js';
import type { ExamplePrivacy, Noise, Privacy, PrivacyOptions } from './mechanism.js';

/** The privacy that a scenario asks for, its options, and the noise that they come to. */
export interface Chosen {
  readonly options: PrivacyOptions;
  readonly noise: Noise;
  readonly nextClip: Privacy['nextClip'];
}

/** What hides institutions in a scenario; undefined where nothing does. */
export function privacyOf({ federation }: Scenario): Chosen | undefined {
  const options = federation.privacy as unknown as PrivacyOptions;
  const { noise, nextClip }: Privacy = privacies[federation.privacy.mechanism as keyof typeof privacies];
  return noise && { options, noise: noise(options), nextClip };
}

/** What hides examples in what institutions learn; undefined where nothing does. */
export function examplePrivacyOf({ federation }: Scenario): ExamplePrivacy | undefined {
  const { training }: Privacy = privacies[federation.privacy.mechanism as keyof typeof privacies];
  return training?.(federation.privacy as unknown as ExamplePrivacy);
}
