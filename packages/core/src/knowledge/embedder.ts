/**
 * Turns texts into vectors whose nearness is nearness of meaning. A host brings one; Adjutant brings
 * none and works without. Texts of documents are handed to it: where it calls a service, they leave.
 */
export interface Embedder {
  /** Names the model: vectors of another one are made anew. */
  readonly id: string;
  /** How long each vector is. */
  readonly dimensions: number;
  /** Returns one vector for each text, in their order. */
  embed(texts: readonly string[], options: { signal: AbortSignal }): Promise<Float32Array[]>;
}
