import { asset, day, f32, f64, institution, int, text, type Table } from './columns.js';

/** Balance sheets, and everything that moved them. */
export const bookTables = {
  institutions: {
    level: 'standard',
    meaning: 'Balance sheets at the close, one row a day and institution.',
    columns: {
      day,
      institution,
      active: int('0 or 1', '1 while in business.'),
      generation: int('count', 'How many institutions held this seat before.'),
      architecture: int('index', 'Architecture, as an index into learning.architectures.'),
      cash: f64('USD', 'Cash; negative is debt to the prime broker.'),
      funding: f64('USD', 'Owed outside.'),
      loans: f64('USD', 'Illiquid loans.'),
      assetsUsd: f32('USD', 'Total assets.'),
      equityUsd: f32('USD', 'Equity.'),
      forcedUsd: f32('USD', 'Value it was forced to sell on the day.'),
    },
  },
  positions: {
    level: 'standard',
    meaning: 'Holdings at the close, one row a day, institution and asset held.',
    columns: { day, institution, asset, units: f64('units', 'Signed holding.') },
  },
  fills: {
    level: 'standard',
    meaning: 'Trades; the outside book is the other side of each.',
    columns: {
      day,
      institution: int('index', 'Institution (roster index); the outside book’s own sales are not listed.'),
      asset,
      wave: int(
        'count',
        '0: the day’s orders; 1 and on: forced sales; -1: an estate passes to the outside book, at price 0.',
      ),
      units: f64('units', 'Signed; positive buys.'),
      price: f64('USD per unit', 'Mean of the impact path over the wave.'),
    },
  },
  payments: {
    level: 'standard',
    meaning:
      'Every movement of cash but the value of fills; and what changes claims, loans, funding or units without cash.',
    columns: {
      day,
      from: int('index', 'Payer: roster index; the roster’s length is the outside book; -1 is issuance.'),
      to: int('index', 'Payee, likewise.'),
      kind: text('name', 'Why: see the dictionary of kinds in docs/model.md.'),
      amount: f64('USD', 'Cash that moved.'),
    },
  },
  writeDowns: {
    level: 'standard',
    meaning: 'Written off claims on borrowers in distress at the close, where a channel does that.',
    columns: { day, institution, usd: f64('USD', 'By how much its claims are below face.') },
  },
  exposures: {
    level: 'standard',
    meaning:
      'Interbank claims: all of them, on day 0 and on every day on which one changed; where none is left, one of face 0.',
    columns: {
      day,
      creditor: int('index', 'Lender.'),
      debtor: int('index', 'Borrower.'),
      face: f64('USD', 'Face value.'),
    },
  },
} as const satisfies Record<string, Table>;
