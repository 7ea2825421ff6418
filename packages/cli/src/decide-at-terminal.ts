import { userInfo } from 'node:os';
import type { ActionDetail, WorkspaceHandle } from '@adjutant/core';
import type { Verdict } from '@adjutant/core/domain';

/**
 * Decides as the person at this terminal. A program of the same user can do as much, so it proves
 * little: where more is asked, core refuses it, tells the ledger and says what to do.
 */
export async function decideAtTerminal(
  { actions }: Pick<WorkspaceHandle, 'actions'>,
  action: ActionDetail,
  decision: { verdict: Verdict; reason?: string | undefined },
): Promise<ActionDetail> {
  return actions.decide({
    actionId: action.id,
    revision: action.revision,
    payloadHash: action.payloadHash ?? '',
    ...decision,
    proof: { kind: 'terminal', operatingSystemUser: userInfo().username },
  });
}
