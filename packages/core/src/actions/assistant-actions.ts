import type { Verdict, Window } from '../domain.ts';
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

/** How people decided about actions in a window, and how many needed nobody. */
export interface ActionStatistics {
  /** From the moment an action waited for people to the one that settled it, shortest first. @unit milliseconds */
  approvalLatencyMs: readonly number[];
  /** Share of decided actions that people declined or changed; null where people decided none. */
  approvalOverrideRate: number | null;
  /** Actions that policy let run, and those that people decided. */
  autoVsHitlCounts: { auto: number; hitl: number };
}

/** Everything about actions that a workspace offers. */
export interface WorkspaceActions
  extends Actions,
    Pick<AssistantActions, 'worker' | 'noteElicitedAnswer'> {
  /**
   * How people decided about actions in a window, the last ninety days unless told: how long they
   * took, how often they declined or changed, how many needed nobody. @throws AdjutantError `InvalidInput`
   */
  statistics(window?: Window): Promise<ActionStatistics>;
}
