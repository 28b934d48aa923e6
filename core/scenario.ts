import { z } from 'zod';
import { assetsSchema } from './scenario/assets.js';
import { choices, type Catalogue } from './scenario/catalogue.js';
import { complianceSchema } from './scenario/compliance.js';
import { contagionSchema } from './scenario/contagion.js';
import { field, id } from './scenario/field.js';
import { institutionsSchema } from './scenario/institutions.js';
import { decideSchema, federationSchema, homogeneitySchema, learningSchema } from './scenario/learning.js';
import { marketSchema } from './scenario/market.js';
import { sourceSchema } from './scenario/sources.js';

/** The scenario's schema over what the extension maps offer: every field has a default, a description and a unit. */
export const scenarioSchema = (catalogue: Catalogue) =>
  z.strictObject({
    name: field(id, 'Short name; the record is written to <name>-<hash>.', 'name'),
    description: field(z.string().default(''), 'What the scenario asks.', 'text'),
    seed: field(z.int().min(0).default(1), 'Of every random stream.', 'integer'),
    days: field(z.int().min(2).max(1_000_000).default(1000), 'Trading days to simulate.', 'days'),
    warmUp: field(
      z.int().min(0).nullable().default(null),
      'First days, which measures leave out; null: min(250, a quarter of days).',
      'days',
    ),
    tradeEvery: field(
      z.int().min(1).max(252).default(1),
      'Days between rebalancings, and the horizon of forecasts.',
      'days',
    ),
    roundEvery: field(z.int().min(1).max(1000).default(5), 'Days between federated rounds.', 'days'),
    assets: assetsSchema,
    market: marketSchema(catalogue.mechanisms),
    sources: field(
      z.record(id, sourceSchema).prefault({ macro: {}, sentiment: {}, alternative: {} }),
      'Data sources beside the public tape.',
      'record',
    ),
    institutions: institutionsSchema(catalogue),
    learning: learningSchema(catalogue.architectures, catalogue.regimes),
    federation: federationSchema(catalogue),
    decide: decideSchema,
    homogeneity: homogeneitySchema,
    contagion: contagionSchema(catalogue.exposures, catalogue.channels),
    mandates: choices('kind', catalogue.mandates, [], 'Rules that bind institutions.'),
    compliance: complianceSchema,
    interventions: choices('kind', catalogue.interventions, [], 'Acts of the authority, on their days.'),
    record: field(
      z.enum(['minimal', 'standard', 'full']).default('standard'),
      'Detail of the record: minimal leaves out what is kept per institution and asset, full adds raw updates.',
      'level',
    ),
  });

type Parsed = z.output<ReturnType<typeof scenarioSchema>>;

/** A scenario with every default written out. */
export type Scenario = Omit<Parsed, 'warmUp'> & { readonly warmUp: number };

/** Fills in the fields whose default depends on other fields. */
export const withDerivedDefaults = (parsed: Parsed): Scenario => ({
  ...parsed,
  warmUp: parsed.warmUp ?? Math.min(250, Math.floor(parsed.days / 4)),
});
