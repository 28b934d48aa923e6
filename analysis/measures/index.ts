import type { Measure } from '../../core/measure.js';
import { csad } from './herding/csad.js';
import { lsv } from './herding/lsv.js';
import { orderFlow } from './herding/order-flow-concentration.js';
import { overlap } from './herding/overlap.js';
import { sias } from './herding/sias.js';
import { ambiguity } from './monoculture/ambiguity.js';
import { cka } from './monoculture/cka.js';
import { disagreement } from './monoculture/disagreement.js';
import { effectiveNumber } from './monoculture/effective-number.js';
import { forecastSimilarityMeasure } from './monoculture/forecast-similarity.js';
import { homogenization } from './monoculture/homogenization.js';
import { monocultureGame } from './monoculture/monoculture-game.js';
import { parameterSimilarity } from './monoculture/parameter-similarity.js';
import { representationSimilarity } from './monoculture/representation-similarity.js';
import { stressDisagreement } from './monoculture/stress-disagreement.js';
import { stylizedFacts } from './performance/stylized-facts.js';
import { absorptionRatio } from './systemic/absorption-ratio.js';
import { connectedness } from './systemic/connectedness.js';
import { earlyWarning } from './systemic/early-warning.js';
import { rollingAbsorption } from './systemic/rolling-absorption.js';
import { rollingConnectedness } from './systemic/rolling-connectedness.js';
import { rollingTurbulence } from './systemic/rolling-turbulence.js';
import { stressIndex } from './systemic/stress-index.js';
import { tailRisk } from './systemic/tail-risk.js';
import { turbulence } from './systemic/turbulence.js';

/** Measures of herding, monoculture, systemic stress and realism, by the name `herdscope measure` takes. */
export const measures = {
  lsv,
  csad,
  sias,
  overlap,
  'order-flow-concentration': orderFlow,
  homogenization,
  'monoculture-game': monocultureGame,
  cka,
  'representation-similarity': representationSimilarity,
  'parameter-similarity': parameterSimilarity,
  'effective-number': effectiveNumber,
  'forecast-similarity': forecastSimilarityMeasure,
  ambiguity,
  disagreement,
  'stress-disagreement': stressDisagreement,
  connectedness,
  'absorption-ratio': absorptionRatio,
  turbulence,
  'tail-risk': tailRisk,
  'rolling-connectedness': rollingConnectedness,
  'rolling-absorption-ratio': rollingAbsorption,
  'rolling-turbulence': rollingTurbulence,
  'stress-index': stressIndex,
  'early-warning': earlyWarning,
  'stylized-facts': stylizedFacts,
} satisfies Record<string, Measure>;
