// Trains nlp.js by its defaults and asks it: `node measure.cjs EXAMPLES ROWS`; prints one JSON object on the last line.
const { readFileSync } = require("node:fs");
const { NlpManager } = require("node-nlp");

const read = (file) => readFileSync(file, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
const rounded = (value, places = 2) => Number(value.toFixed(places));

async function main([examples, rows]) {
  const manager = new NlpManager({ languages: ["ar", "en"], autoSave: false, autoLoad: false, nlu: { log: false } });
  for (const { text, intent, language } of read(examples)) manager.addDocument(language, text, intent);
  const began = process.hrtime.bigint();
  await manager.train();
  const training = Number(process.hrtime.bigint() - began) / 1e9;
  const asked = read(rows);
  const times = [];
  let right = 0;
  for (const { text, language } of asked.slice(0, 20)) await manager.process(language, text);
  for (const { text, language, intent } of asked) {
    const start = process.hrtime.bigint();
    const { classifications } = await manager.process(language, text);
    times.push(Number(process.hrtime.bigint() - start) / 1e6);
    const likeliest = classifications.find((one) => one.intent !== "None"); // as Hatif's: before any threshold
    right += likeliest !== undefined && likeliest.intent === intent;
  }
  times.sort((a, b) => a - b);
  console.log(
    JSON.stringify({
      training_seconds: rounded(training, 1),
      accuracy: rounded(right / asked.length, 4),
      parse_p50_ms: rounded(times[Math.floor(times.length / 2)]),
      parse_p95_ms: rounded(times[Math.floor(times.length * 0.95)]),
      memory_mb: Math.round(process.memoryUsage().rss / 2 ** 20),
      memory_at_most_mb: Math.round(process.resourceUsage().maxRSS / 1024),
    }),
  );
}

main(process.argv.slice(2));
