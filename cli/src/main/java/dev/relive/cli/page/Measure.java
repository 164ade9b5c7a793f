package dev.relive.cli.page;

/** What the page samples. The keys are those of its script. */
enum Measure {
  STEPS("steps"),
  STEP_LIMIT("stepLimit"),
  STEPS_PER_SECOND("stepsPerSecond"),
  UPDATES_PER_SECOND("updatesPerSecond"),
  TRAINING_RETURN("trainingReturn"),
  EPSILON("epsilon"),
  ENTROPY("entropy"),
  LOSS("loss"),
  HELD("held"),
  CAPACITY("capacity"),
  LEAD("lead"),
  MAX_LEAD("maxLead");

  private final String key;

  Measure(String key) {
    this.key = key;
  }

  String key() {
    return key;
  }
}
