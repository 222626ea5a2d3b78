// How the search orders what it finds: a chapter as a whole comes before what only mentions the words.
// The other numbers are Sphinx's own.
var Scorer = {
  score: ([page, , anchor, , score]) => score + (/^chapters\/\d/.test(page) && !anchor ? 10 : 0),
  objNameMatch: 11,
  objPartialMatch: 6,
  objPrio: { 0: 15, 1: 5, 2: -5 },
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
};
