package dev.relive.log;

import dev.relive.log.AuditReport.RunAccount;
import dev.relive.log.wire.Progress;

/** All that is checked of one run. */
record RunAudit(
    Run run,
    ProgressAudit progress,
    RunExperience experience,
    WeightsAudit weights,
    EvaluationAudit evaluations) {

  /**
   * All has been read.
   *
   * @param latest the newest Progress after all else was read
   */
  void end(Progress latest, boolean policiesExpire) {
    experience.end(Math.max(latest.getPolicyVersion(), latest.getSnapshotVersion()));
    weights.end(policiesExpire);
    evaluations.end(run.verdict(), weights);
  }

  RunAccount account(Findings findings) {
    return new RunAccount(
        run,
        experience.segments(),
        experience.steps(),
        experience.epochs(),
        experience.openEpochs(),
        experience.tracker().gaps(),
        experience.tracker().duplicates(),
        experience.misfits(),
        weights.snapshots(),
        evaluations.evaluations(),
        findings.failuresOf(run.id()));
  }
}
