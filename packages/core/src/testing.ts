export { vouchedProof, vouchingHost } from './testing/vouching-host.ts';
export { createAdjutantWithCrashPoints } from './create-adjutant.ts';
export { crashPointNames, type CrashPoint, type CrashPointName } from './sync/crash-point.ts';
export {
  actionCrashPointNames,
  type ActionCrashPoint,
  type ActionCrashPointName,
} from './actions/crash-point.ts';
export { actionConformance, type ActionWorld } from './testing/action-conformance.ts';
export {
  archiveSinkConformance,
  type ArchiveSinkHarness,
} from './testing/archive-sink-conformance.ts';
export { canonicalDump } from './testing/canonical-dump.ts';
export { type ConformanceCase, testConnector } from './testing/connector-conformance.ts';
export { jobRunnerConformance, type JobRunnerHarness } from './testing/job-runner-conformance.ts';
export {
  type KeyProviderConformanceOptions,
  testKeyProvider,
} from './testing/key-provider-conformance.ts';
export { createPeopleWorld, type PeopleWorld, type WrittenChange } from './testing/people-world.ts';
export {
  type AskedAggregate,
  type Exposure,
  findExposures,
  type ToldAggregate,
} from './testing/find-exposures.ts';
export {
  buildSearchSubject,
  everybodysAccess,
  searchIndexConformance,
  type SearchIndexHarness,
} from './testing/search-index-conformance.ts';
export { letThroughBy } from './testing/hidden-points.ts';
export { textsOutOfView } from './testing/texts-out-of-view.ts';
export { hiddenSample, plantHidden, withHidden } from './testing/plant-hidden.ts';
export { createFakeClock, type FakeClock } from './testing/fake-clock.ts';
export * from './testing/row-builders.ts';
export { createRowsConnector, type RowsSource } from './testing/rows-connector.ts';
export {
  createScriptedConnector,
  type Script,
  type ScriptedPayload,
  scriptedBatches,
  scriptedRecord,
} from './testing/scripted-connector.ts';
export {
  createTestAction,
  createTestTarget,
  type TargetFault,
  type TestActionOptions,
  type TestTarget,
} from './testing/test-action.ts';
export {
  createTestAuthenticator,
  type TestAuthenticator,
  type TestAuthenticatorOptions,
} from './testing/test-authenticator.ts';
