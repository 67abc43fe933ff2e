import { DerError } from '../../errors.ts';
import { type UnixSeconds } from '../../time.ts';

/** The first second that X.509 writes as GeneralizedTime: 2050-01-01T00:00:00Z. */
export const FIRST_GENERALIZED_SECOND: UnixSeconds = 2_524_608_000;
/** 9999-12-31T23:59:59Z, "no well-defined expiration". */
export const LAST_SECOND: UnixSeconds = 253_402_300_799;
const FIRST_UTC_SECOND: UnixSeconds = -631_152_000;

/**
 * Reads the content of a UTCTime (`YYMMDDHHMMSSZ`) or GeneralizedTime (`YYYYMMDDHHMMSSZ`).
 *
 * @throws {DerError} `ERR_DER_VALUE` any other form, or a date that does not exist.
 * @spec RFC 5280 §4.1.2.5; X.690 §11.7, §11.8
 */
export function readTime(content: Uint8Array, generalized: boolean): UnixSeconds {
  const yearDigits = generalized ? 4 : 2;
  if (content.length !== yearDigits + 11 || content[yearDigits + 10] !== 0x5a) invalid();
  const pair = (at: number): number => digit(content, at) * 10 + digit(content, at + 1);
  const short = pair(0);
  const year = generalized ? short * 100 + pair(2) : short < 50 ? 2000 + short : 1900 + short;
  const month = pair(yearDigits);
  const day = pair(yearDigits + 2);
  const hour = pair(yearDigits + 4);
  const minute = pair(yearDigits + 6);
  const second = pair(yearDigits + 8);
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) invalid();
  if (hour > 23 || minute > 59 || second > 59) invalid();
  return ((daysSinceEpoch(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
}

/**
 * The whole Time element for a point in time: UTCTime through 2049, GeneralizedTime from 2050.
 *
 * @throws {DerError} `ERR_DER_VALUE` not a whole second between 1950 and 9999.
 */
export function encodeTime(seconds: UnixSeconds): Uint8Array {
  if (!Number.isInteger(seconds) || seconds < FIRST_UTC_SECOND || seconds > LAST_SECOND) invalid();
  const generalized = seconds >= FIRST_GENERALIZED_SECOND;
  const yearDigits = generalized ? 4 : 2;
  const days = Math.floor(seconds / 86_400);
  const ofDay = seconds - days * 86_400;
  const { year, month, day } = dateOf(days);
  const time = new Uint8Array(yearDigits + 13);
  time[0] = generalized ? 0x18 : 0x17;
  time[1] = yearDigits + 11;
  if (generalized) putPair(time, 2, Math.trunc(year / 100));
  putPair(time, yearDigits, year % 100);
  putPair(time, yearDigits + 2, month);
  putPair(time, yearDigits + 4, day);
  putPair(time, yearDigits + 6, Math.trunc(ofDay / 3600));
  putPair(time, yearDigits + 8, Math.trunc(ofDay / 60) % 60);
  putPair(time, yearDigits + 10, ofDay % 60);
  time[yearDigits + 12] = 0x5a;
  return time;
}

function invalid(): never {
  throw new DerError('ERR_DER_VALUE', 'not a time in the form X.509 allows');
}

function digit(content: Uint8Array, at: number): number {
  const value = (content[at] as number) - 0x30;
  if (value < 0 || value > 9) invalid();
  return value;
}

function putPair(time: Uint8Array, at: number, value: number): void {
  time[at] = 0x30 + Math.trunc(value / 10);
  time[at + 1] = 0x30 + (value % 10);
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

// Counting years from March puts the leap day last, so that a month's first day is a straight line.
function daysSinceEpoch(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1;
  const marchMonth = month > 2 ? month - 3 : month + 9;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.trunc((153 * marchMonth + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.trunc(yearOfEra / 4) - Math.trunc(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function dateOf(daysSince1970: number): { year: number; month: number; day: number } {
  const shifted = daysSince1970 + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const leapDays =
    Math.trunc(dayOfEra / 1460) - Math.trunc(dayOfEra / 36_524) + Math.trunc(dayOfEra / 146_096);
  const yearOfEra = Math.trunc((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.trunc(yearOfEra / 4) - Math.trunc(yearOfEra / 100));
  const marchMonth = Math.trunc((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.trunc((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}
