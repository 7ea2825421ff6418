import type { WorkspaceHandle } from '@adjutant/core';
import type { SignalFinding } from '@adjutant/core/domain';

export interface SentenceCheck {
  asked: number;
  /** Findings whose sentence came out otherwise, and how. */
  others: string[];
  look(workspace: WorkspaceHandle, findings: readonly SignalFinding[]): Promise<void>;
}

/** Asks for the sentences of findings again, as the rows give them. */
export function checkSentences(): SentenceCheck {
  const check: SentenceCheck = {
    asked: 0,
    others: [],
    async look(workspace, findings) {
      for (const { id, subjectKey, ruleId } of findings) {
        const { sentence, recomputed } = await workspace.signals.get(id);
        check.asked += 1;
        if (sentence === recomputed) continue;
        check.others.push(`${ruleId} ${subjectKey}: "${sentence}", again "${recomputed}"`);
      }
    },
  };
  return check;
}
