import type { WorkspaceHandle } from '@adjutant/core';
import type { Person } from '@adjutant/core/domain';
import type { z } from 'zod';
import type { SignedInPerson } from '../../auth/principal.ts';
import type { GatewayContext } from '../../gateway-context.ts';

/** What a form is given to act with. */
export interface FormCall<Body> {
  handle: WorkspaceHandle;
  person: SignedInPerson;
  body: Body;
  gateway: GatewayContext;
}

/** What became of it. */
export interface FormAnswer {
  /** In a sentence, for whoever pressed the button. */
  said: string;
  /** Where the browser goes; without it the page is loaded again, or the sentence shown where it was asked for. */
  goTo?: string;
  /** What may be chosen in a field, once that is known. */
  choices?: Readonly<Record<string, readonly { value: string; label: string }[]>> | undefined;
}

/** What a form of a page does: who may, what it takes, and the one call behind it. */
export interface FormDefinition<Body = unknown> {
  /** Below `/api/do/`. */
  path: string;
  /** The least role; what the call itself asks for is asked for too. */
  role: Person['role'];
  body: z.ZodType<Body>;
  perform(this: void, call: FormCall<Body>): Promise<FormAnswer>;
}

/** A form of whatever body, as lists of them hold it. */
export type AnyForm = FormDefinition;

/** Returns the definition unchanged; infers what it is given from its schema. */
export function defineForm<Body>(definition: FormDefinition<Body>): AnyForm {
  return definition;
}
