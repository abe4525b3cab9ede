// When can all of these people meet, by an existing scheduler's published functions: hours into ranges, busy times out of
// them, all people's together. Its own step from ranges to slots needs packages that are not published; ours is a loop.
// Reads a question from a file, prints the median and the starts.
import { readFileSync } from "node:fs";
import dayjs from "dayjs";
import utc from "dayjs/plugin/utc.js";
import timezone from "dayjs/plugin/timezone.js";

// The functions' own file: the package exports them only together with what needs a database.
import { b as buildDateRanges, i as intersect, s as subtract } from "./node_modules/@calcom/platform-libraries/dist/date-ranges-79rc7oZX.js";

dayjs.extend(utc);
dayjs.extend(timezone);
const { people, from, to, minutes, step, rounds } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const hours = [{ days: [1, 2, 3, 4, 5], startTime: new Date(Date.UTC(1970, 0, 1, 9)), endTime: new Date(Date.UTC(1970, 0, 1, 17)) }];

function meet() {
  const free = people.map(({ zone, events }) => {
    const { dateRanges } = buildDateRanges({
      availability: hours, timeZone: zone, dateFrom: dayjs.utc(from), dateTo: dayjs.utc(to), travelSchedules: [],
    });
    return subtract(dateRanges, events.map(([start, end]) => ({ start: dayjs.utc(start), end: dayjs.utc(end) })));
  });
  const starts = [];
  for (const { start, end } of intersect(free)) {
    const grid = step * 60_000;
    for (let at = Math.ceil(start.valueOf() / grid) * grid; at + minutes * 60_000 <= end.valueOf(); at += grid) {
      starts.push(new Date(at).toISOString().slice(0, 19));
    }
  }

  return starts;
}

meet();
const taken = [];
for (let round = 0; round < rounds; round++) {
  const began = process.cpuUsage();
  meet();
  const { user, system } = process.cpuUsage(began);
  taken.push((user + system) / 1000);
}

taken.sort((a, b) => a - b);
console.log(JSON.stringify({ milliseconds: taken[Math.floor(rounds / 2)], starts: meet().sort() }));
