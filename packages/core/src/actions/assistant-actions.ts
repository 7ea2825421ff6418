import type { Verdict } from '../domain.ts';
import type { ActionDetail, Actions } from './handle.ts';

/** What a person answered to a form that an assistant's client showed. */
export interface ElicitedAnswer {
  actionId: string;
  revision: number;
  payloadHash: string;
  verdict: Verdict;
  /** The client's own name for itself; nothing proves it. */
  client: string;
}

/** Whether a process that carries actions out is alive, and the command that starts one. */
export interface WorkerState {
  running: boolean;
  start: string;
}

/** What an assistant may do with actions: propose, look, wait, take back. Nothing that decides. */
export interface AssistantActions
  extends Pick<Actions, 'propose' | 'get' | 'list' | 'await' | 'withdraw'> {
  worker(): Promise<WorkerState>;
  /**
   * Notes the answer to a form of the client. It is unverified, so it counts where policy says `ask`
   * and nowhere else. @throws AdjutantError `Permission`, `Conflict`
   */
  noteElicitedAnswer(answer: ElicitedAnswer): Promise<ActionDetail>;
}

/** Everything about actions that a workspace offers. */
export type WorkspaceActions = Actions & Pick<AssistantActions, 'worker' | 'noteElicitedAnswer'>;
