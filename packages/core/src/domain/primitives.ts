import { z } from 'zod';

/** An instant: integer epoch milliseconds in UTC. */
export const instantSchema = z.number().int();

/** A calendar day, `YYYY-MM-DD`, without a time zone. */
export const calendarDaySchema = z.iso.date();

/** The system a row came from: `git`, `github`, `jira` … */
export const sourceSchema = z.string().min(1).max(40);

/** The vendor's own immutable id, as text. */
export const externalIdSchema = z.string().min(1).max(400);
