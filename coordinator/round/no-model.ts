/** Thrown where a round's updates make no model, for a reason that is put on record; the old one stays. */
export class NoModel extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'NoModel';
  }
}
