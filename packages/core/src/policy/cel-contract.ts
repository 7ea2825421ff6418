import type { PolicyRequest } from './policy-engine.ts';

/** Returns whether a `when` holds; null where something that it asks is not known. */
export type CelCondition = (request: PolicyRequest) => boolean | null;

/** Returns the condition of a checked expression. @throws Error in words, at load only */
export type CelCompiler = (expression: string) => CelCondition;
