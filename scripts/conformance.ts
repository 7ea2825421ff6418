// Runs the suites that hold an implementation against a contract: every connector against the
// connector contract, the MCP server against clients of both protocol eras over stdio and HTTP, and
// against the protocol's own conformance suite over HTTP. A table at the end says how each ended and how it
// must end.
import { runContractSuites } from './conformance/contract-suites.ts';
import { runProtocolSuites } from './conformance/protocol-suites.ts';
import { isAsItMustBe, type SuiteRow, suiteTable } from './conformance/suite-table.ts';

/** What one part cannot run, the other part's table still tells. */
async function rowsOf(title: string, run: () => Promise<SuiteRow[]>): Promise<SuiteRow[]> {
  try {
    return await run();
  } catch (error) {
    const unexpected = [error instanceof Error ? error.message : String(error)];
    const none = { failedAsExpected: [], mustFail: 0, warnedAsExpected: [] };
    return [{ title, revision: '', passed: 0, mustPass: 0, ...none, unexpected }];
  }
}

const rows = [
  ...(await rowsOf('contracts, by the tests', runContractSuites)),
  ...(await rowsOf("the protocol's own suite", runProtocolSuites)),
];
const good = rows.filter(isAsItMustBe).length;
console.log(`\n${suiteTable(rows)}\n\n${good} of ${rows.length} suites are as they must be.`);
process.exitCode = good === rows.length ? 0 : 1;
