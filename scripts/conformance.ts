// Runs the suites that hold an implementation against a contract: every connector against the
// connector contract, the MCP server against clients of both protocol eras over stdio, and against
// the protocol's own conformance suite over HTTP. A table at the end says how each ended and how it
// must end.
import { runContractSuites } from './conformance/contract-suites.ts';
import { runProtocolSuites } from './conformance/protocol-suites.ts';
import { isAsItMustBe, suiteTable } from './conformance/suite-table.ts';

const rows = [...(await runContractSuites()), ...(await runProtocolSuites())];
const good = rows.filter(isAsItMustBe).length;
console.log(`\n${suiteTable(rows)}\n\n${good} of ${rows.length} suites are as they must be.`);
process.exitCode = good === rows.length ? 0 : 1;
