import { type Logger, silentLogger } from '../logger.ts';
import { traceFields } from './trace-scope.ts';

/** Returns the logger with the trace id of the work in hand in each line. */
export function tracedLogger(logger: Logger): Logger {
  if (logger === silentLogger) return logger;
  return {
    log(level, message, fields) {
      const trace = traceFields();
      if (!('traceId' in trace)) return logger.log(level, message, fields);
      logger.log(level, message, { ...trace, ...fields });
    },
  };
}
