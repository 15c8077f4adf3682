import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemOfInclude } from '../../scripts/lib/rooms.mjs';

const allowed = [
  ['engine/index/fm_index.cc', '"simd/rank.h"'],
  ['engine/compose/answer.cc', '"base/bytes.h"'],
  ['engine/compose/answer.cc', '"cento/results.h"'],
  ['engine/facade/engine.cc', '"cento/engine.h"'],
  ['engine/cli/main.cc', '"build/pack_builder.h"'],
  ['engine/cli/main.cc', '<iostream>'],
  ['engine/include/cento/engine.h', '"cento/status.h"'],
  ['wasm/bindings.cc', '"cento/engine.h"'],
];
const forbidden = [
  ['engine/base/bytes.h', '"text/units.h"'],
  ['engine/simd/rank.cc', '"text/units.h"'],
  ['engine/compose/answer.cc', '"pack/pack_reader.h"'],
  ['engine/facade/engine.cc', '"build/pack_builder.h"'],
  ['engine/pack/pack_reader.h', '"cento/engine.h"'],
  ['engine/include/cento/engine.h', '"base/bytes.h"'],
  ['engine/index/fm_index.cc', '"fm_index.h"'],
  ['engine/index/fm_index.cc', '<iostream>'],
  ['wasm/bindings.cc', '"build/pack_builder.h"'],
];

for (const [path, include] of allowed) {
  test(`${path} may include ${include}`, () => assert.equal(problemOfInclude(path, include), null));
}
for (const [path, include] of forbidden) {
  test(`${path} may not include ${include}`, () => assert.ok(problemOfInclude(path, include)));
}
