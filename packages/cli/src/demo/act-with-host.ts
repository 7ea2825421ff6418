import type { ActionDetail, Adjutant, LedgerReport, WorkspaceHandle } from '@adjutant/core';
import { actionText } from '../action-text.ts';
import type { CommandContext } from '../command-context.ts';
import { decideAtTerminal } from '../decide-at-terminal.ts';
import { showWhole } from '../show-whole.ts';
import { openAdjutant } from '../open-adjutant.ts';
import { movingDemoClock } from './demo-clock.ts';
import { demoWorkspaceId } from './demo-workspace.ts';
import { copyStore } from './keep-demo.ts';
import { editOneByte, type EditedRow } from './edit-one-byte.ts';
import type { StartedHost } from './start-demo-host.ts';
import { startAssistant } from './assistant.ts';
import { proposeMerge } from './propose-merge.ts';

const maxWaitMs = 30_000;

/** What became of one proposal, and what the ledger says of it. */
export interface ActResult {
  action: Pick<ActionDetail, 'id' | 'type' | 'targetRef' | 'status' | 'risk' | 'assurance'>;
  /** Who pressed approve: a person at this terminal, or the demo itself. */
  approvedBy: 'person' | 'demo' | 'nobody';
  facts: number;
  /** What the host itself says afterwards. */
  isMergedAtHost: boolean;
  ledger: { entries: number; ok: boolean };
  edited: EditedRow & { isFound: boolean; message: string | null };
}

/**
 * Lets an assistant propose a merge, has a person (or, told so, the demo) approve it, carries it out
 * and then shows that the ledger notices one changed byte.
 */
export async function actWithHost(
  context: CommandContext & { configPath: string },
  host: StartedHost,
  isYes: boolean,
): Promise<ActResult> {
  const place = { ...context, clock: movingDemoClock() };
  // The canned workspace of this demo is the only place where high risk takes no proof of presence.
  const { adjutant, handle } = await openAdjutant(place, { demoWorkspaceId });
  const assistant = await startAssistant(context.io, context.configPath);
  const stop = new AbortController();
  const working = adjutant.workActions({ signal: stop.signal });
  try {
    const { id, repository, number } = await proposeMerge(handle, assistant);
    const pending = await handle.actions.await(id, { maxWaitMs, until: 'prepared' });
    const approvedBy = await approve(place, handle, pending, isYes);
    // The assistant waits as it would for anybody.
    await assistant.awaitApproval(id);
    const action = await handle.actions.await(id, { maxWaitMs, until: 'settled' });
    const ledger = await handle.audit.verify();
    await copyStore(context.configPath);
    return {
      action,
      approvedBy,
      facts: pending.preview?.facts.length ?? 0,
      isMergedAtHost: await host.isMerged(repository, number),
      ledger: { entries: ledger.entries, ok: ledger.ok },
      edited: await tamper(adjutant, handle, context.configPath, id),
    };
  } finally {
    stop.abort();
    await working;
    await assistant.close();
    await adjutant.close();
  }
}

async function approve(
  context: CommandContext,
  handle: WorkspaceHandle,
  pending: ActionDetail,
  isYes: boolean,
): Promise<ActResult['approvedBy']> {
  const { io, output, clock } = context;
  if (!isYes && io.isInteractive && !output.isJson) {
    const prompts = await io.prompts();
    const isSeen = await showWhole(prompts, actionText(pending, clock.now(), output));
    const message = 'Demo workspace, where a terminal is enough. Approve exactly this merge?';
    if (!isSeen || (await prompts.confirm({ message, initial: true })) !== true) {
      await decideAtTerminal(handle, pending, {
        verdict: 'decline',
        reason: 'declined in the demo',
      });
      return 'nobody';
    }
    await decideAtTerminal(handle, pending, { verdict: 'approve' });
    return 'person';
  }
  await decideAtTerminal(handle, pending, {
    verdict: 'approve',
    reason: 'the demo itself, told so',
  });
  return 'demo';
}

async function tamper(
  adjutant: Adjutant,
  handle: WorkspaceHandle,
  configPath: string,
  actionId: string,
): Promise<ActResult['edited']> {
  const told = await handle.audit.list({ subject: actionId, event: 'action.executed' });
  const [entry] =
    told.items.length > 0 ? told.items : (await handle.audit.list({ limit: 1 })).items;
  const edited = await editOneByte(configPath, entry?.id ?? '');
  await adjutant.health();
  const report: LedgerReport = await handle.audit.verify();
  const found = report.findings.find(({ entryId }) => entryId === edited.entryId);
  return { ...edited, isFound: found !== undefined, message: found?.message ?? null };
}
