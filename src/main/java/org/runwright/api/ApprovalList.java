package org.runwright.api;

import java.util.List;

/** Approvals that wait. */
record ApprovalList(List<ApprovalView> approvals) {}
