"""Reports on the mutants, for people and for .ci/run."""
import collections

from campaign import KILLED, NONE, SURVIVED


class Report:
    """Sorts verdicts. Failures are survivors without an explanation, and explanations that are
    no longer true."""

    def __init__(self, explanations):
        self._explanations = explanations
        self.verdicts = []
        self.explained = []
        self.survivors = []
        self.stale = []

    def add(self, verdict):
        """Takes a verdict in, and returns the line to show at once, if there is one."""
        self.verdicts.append(verdict)
        name = verdict.mutant.name
        entry = self._explanations.get(name)
        if verdict.state == SURVIVED and entry:
            self.explained.append((verdict, entry))
        elif verdict.state == SURVIVED:
            self.survivors.append(verdict)
            return "SURVIVED %s %s:%d\n    %s" % (verdict.mutant.id, verdict.mutant.path,
                                                  verdict.mutant.line, name)
        elif entry:
            why = verdict.why if verdict.state == NONE else "%s killed it" % verdict.by
            self.stale.append(name)
            return "EXPLAINED IN VAIN (line %d): %s\n    %s" % (entry.line, why, name)
        return None

    def add_unknown(self, mutants):
        """Judges explanations whose mutants are gone; returns the lines to show."""
        names = {m.name for m in mutants}
        unknown = [n for n in self._explanations if n not in names]
        self.stale += unknown
        return ["EXPLAINED IN VAIN (line %d): there is no such mutant\n    %s" %
                (self._explanations[n].line, n) for n in unknown]

    def table(self):
        """Counts mutants by file and operator."""
        rows = collections.OrderedDict()
        for verdict in sorted(self.verdicts, key=lambda v: (v.mutant.path, v.mutant.operator)):
            key = verdict.mutant.path, verdict.mutant.operator
            rows.setdefault(key, collections.Counter())[verdict.state] += 1
        for verdict, _ in self.explained:
            rows[verdict.mutant.path, verdict.mutant.operator]["explained"] += 1
        lines = ["%-30s %-12s %7s %7s %9s %9s %9s" %
                 ("file", "operator", "mutants", "killed", "explained", "survived", "no mutant")]
        for (path, operator), row in rows.items():
            lines.append("%-30s %-12s %7d %7d %9d %9d %9d" %
                         (path, operator, row[KILLED] + row[SURVIVED], row[KILLED],
                          row["explained"], row[SURVIVED] - row["explained"], row[NONE]))
        return "\n".join(lines)

    def killers(self):
        """Counts how many each test has killed, of those that it was the first to see."""
        counts = collections.Counter(v.by for v in self.verdicts if v.state == KILLED)
        return "\n".join("%6d  %s" % (count, label) for label, count in counts.most_common())

    def score(self):
        count = collections.Counter(v.state for v in self.verdicts)
        kinds = collections.Counter(entry.kind for _, entry in self.explained)
        by_kind = ", ".join("%d %s" % (n, kind) for kind, n in sorted(kinds.items()))
        killable = count[KILLED] + len(self.survivors)
        percent = 100.0 * count[KILLED] / killable if killable else 100.0
        return "mutation score: %.1f %%: %d of %d killed; beside them %d explained%s; " \
            "%d were no mutants" % (percent, count[KILLED], killable, len(self.explained),
                                    " (%s)" % by_kind if kinds else "", count[NONE])

    def passed(self):
        return sum(v.state == KILLED for v in self.verdicts) + len(self.explained) - \
            sum(v.mutant.name in self.stale for v in self.verdicts if v.state == KILLED)

    def failed(self):
        return len(self.survivors) + len(self.stale)

    def full(self):
        """Lists every mutant, for --report."""
        lines = []
        explained = {v.mutant.name: entry for v, entry in self.explained}
        def place(verdict):
            return verdict.mutant.path, verdict.mutant.line, verdict.mutant.name

        for verdict in sorted(self.verdicts, key=place):
            mutant = verdict.mutant
            entry = explained.get(mutant.name)
            what = {KILLED: "killed by %s (%s)" % (verdict.by, verdict.why),
                    SURVIVED: "%s: %s" % (entry.kind, entry.reason) if entry else "SURVIVED",
                    NONE: "no mutant: %s" % verdict.why}[verdict.state]
            lines.append("%s line %d %s\n    %s" % (mutant.id, mutant.line, mutant.name, what))
        return "\n".join(lines + ["", self.table(), "", self.killers(), "", self.score(), ""])
