import { countOf, plainText, wrapToWidth } from '@adjutant/insights';
import type { Output } from '../output.ts';
import type { ActResult } from './act-with-host.ts';
import { demoMark } from '../action-text.ts';
import { sign } from './truth-tables.ts';

/** Returns what became of the proposed merge, and what the ledger says after a byte was changed. */
export function actLines(act: ActResult, output: Output): string[] {
  const { action, approvedBy, facts, isMergedAtHost, ledger, edited } = act;
  const wrapped = (text: string): string[] =>
    wrapToWidth(text, output.columns - demoMark.length, 6).map((line) => `${demoMark}${line}`);
  const target = plainText(action.targetRef ?? '', 80);
  const isApproved = approvedBy !== 'nobody';
  return [
    ...wrapped(
      `Over MCP, propose_action asked for ${action.type} of ${target} (${action.risk ?? 'unknown'} risk). Adjutant fetched ${countOf(facts, 'fact')} of its own and waited.`,
    ),
    ...wrapped(
      `${approval(approvedBy)}: cooperative, which for high risk this demo workspace alone accepts.`,
    ),
    ...wrapped(
      isApproved
        ? `It was carried out, exactly as approved: ${action.status}; the host says ${isMergedAtHost ? 'merged' : 'not merged'} ${sign(isMergedAtHost, output)}`
        : `Nothing was sent: ${action.status}; the host says ${isMergedAtHost ? 'merged' : 'not merged'} ${sign(!isMergedAtHost, output)}`,
    ),
    ...wrapped(
      `audit verify: ${countOf(ledger.entries, 'entry', 'entries')}, ${ledger.ok ? 'unbroken' : 'broken'} ${sign(ledger.ok, output)}`,
    ),
    ...wrapped(
      `Then one byte of entry ${edited.entryId.slice(-8)} was changed in the file. audit verify: ${plainText(edited.message ?? 'noticed nothing', 300)} ${sign(edited.isFound, output)}`,
    ),
  ];
}

function approval(by: ActResult['approvedBy']): string {
  if (by === 'person') return 'You approved it at this terminal';
  if (by === 'demo') return 'The demo approved it for you, at the terminal';
  return 'You declined it at this terminal';
}
