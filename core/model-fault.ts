/** Thrown where a host cannot compute a model that the scenario asks for: it names whose and which. The run cannot go on. */
export class ModelFault extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ModelFault';
  }
}
