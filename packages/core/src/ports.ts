// The light part of the package: errors and the small ports that a host may fill. It loads no
// store, so that a program can answer before it opens one.
export { AdjutantError, type AdjutantErrorAudience, type AdjutantErrorCode } from './errors.ts';
export { dayOf, nextDay, timeOf } from './calendar/local-time.ts';
export { isWeekday, weekdayOf } from './calendar/weekday.ts';
export { startOfDay, windowOfDays } from './calendar/window-of-days.ts';
export { systemClock, type Clock } from './clock.ts';
export { createJsonLogger } from './json-logger.ts';
export {
  containsSensitiveText,
  createTextRedactor,
  type TextRedactor,
} from './redaction/create-text-redactor.ts';
export type {
  RedactedKind,
  RedactionFinding,
  RedactionLevel,
} from './redaction/redaction-rule.ts';
export type { Embedder } from './knowledge/embedder.ts';
export { secretForms } from './redact-secrets.ts';
export { textExtent } from './text-extent.ts';
export {
  hiddenIn,
  isHidden,
  numberOf,
  replaceHidden,
  replaceStacked,
  visibleJson,
} from './hidden-characters.ts';
export { parseOutsideJson } from './parse-outside-json.ts';
export { yamlBounds } from './yaml/yaml-bounds.ts';
export { nearestName } from './nearest-name.ts';
export { normaliseEmail } from './identity/email-address.ts';
export { isPlainName } from './outside-name.ts';
export { largestShareBand } from './signals/subjects/share-band.ts';
export { narrowToTeam } from './workspace/narrow-to-team.ts';
export { parseStoreUrl as storeLocation, type StoreLocation } from './store/store-url.ts';
export { silentLogger, type Logger, type LogLevel } from './logger.ts';
