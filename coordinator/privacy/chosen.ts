import type { Scenario } from '../../core/scenario.js';
import { privacies } from './index.js';
import type { Noise, Privacy, PrivacyOptions } from './mechanism.js';

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
