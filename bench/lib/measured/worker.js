// The library's worker script, measured.
import './measure.js';
import '/dist/worker.js';
