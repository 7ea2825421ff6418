import { AdjutantError } from '@adjutant/core/ports';
import { actionDetail } from '../answer/action-fields.ts';
import { neutralise } from '../answer/neutralise.ts';
import { longId } from '../answer/short-id.ts';
import type { AssistantHandle } from '../assistant-handle.ts';

const uriPrefix = 'adjutant://actions/';

/** Where one action is found, for clients that fill in templates. */
export const actionResourceTemplate = {
  uriTemplate: `${uriPrefix}{id}`,
  name: 'action',
  title: 'Proposed action',
  description: 'What was proposed, what Adjutant found, who decided and what happened.',
  mimeType: 'application/json',
};

/** Whether a URI is one of an action. */
export function isActionUri(uri: string): boolean {
  return uri.startsWith(uriPrefix);
}

/** Returns the action behind a URI as JSON; null where there is none. */
export async function readAction(uri: string, workspace: AssistantHandle): Promise<string | null> {
  try {
    const action = await workspace.actions.get(longId(uri.slice(uriPrefix.length)));
    return JSON.stringify(neutralise(actionDetail(action)));
  } catch (error) {
    if (AdjutantError.isInstance(error) && error.code === 'NotFound') return null;
    throw error;
  }
}
