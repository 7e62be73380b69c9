/** `node .ci/sum.mjs FOLDER`: sums the vitest reports below FOLDER, one folder a step, to "N passed, N failed[, N skipped]". */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

let passed = 0;
let failed = 0;
let skipped = 0;
const [root] = process.argv.slice(2);
for (const step of readdirSync(root)) {
  const files = readdirSync(path.join(root, step));
  let failedHere = 0;
  for (const file of files.filter((name) => name.endsWith('.json'))) {
    const report = JSON.parse(readFileSync(path.join(root, step, file), 'utf8'));
    passed += report.numPassedTests;
    failedHere += report.numFailedTests;
    skipped += report.numPendingTests + report.numTodoTests;
    for (const { status, assertionResults, name } of report.testResults) {
      // A file that could not even be loaded has no failed test, and is a failure.
      const told = assertionResults.filter((test) => test.status === 'failed');
      for (const test of told) console.log(`failed: ${path.relative('.', name)}: ${test.fullName}`);
      if (status !== 'failed' || told.length > 0) continue;
      console.log(`failed: ${path.relative('.', name)} did not run`);
      failedHere += 1;
    }
  }
  // A step that failed without a failed test (lint, a crash, a time-out) is one failure too.
  if (failedHere === 0 && files.includes('step-failed')) failedHere = 1;
  failed += failedHere;
}
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
