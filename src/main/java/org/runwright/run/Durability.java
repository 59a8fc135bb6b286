package org.runwright.run;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Sees to it that what ordered a command is on disk before the command starts, and what a person
 * was promised before the promise. H2 acknowledges a commit up to half a second before it is
 * written (its WRITE_DELAY), so it is told to write at once; PostgreSQL has written when it says
 * so.
 */
@Component
public class Durability {

  private final JdbcClient jdbc;
  private final boolean delayed;
  private final AtomicLong asked = new AtomicLong();
  private final ReentrantLock writing = new ReentrantLock();

  /** Guarded by the lock. */
  private long written;

  Durability(JdbcClient jdbc, DataSource dataSource) throws MetaDataAccessException {
    this.jdbc = jdbc;
    this.delayed = "H2".equals(product(dataSource));
  }

  /**
   * Everything committed so far is on disk when this returns. Who asks while another one's write is
   * under way shares the next one.
   */
  public void force() {
    if (!delayed) {
      return;
    }
    long mine = asked.incrementAndGet();
    writing.lock();
    try {
      if (written < mine) {
        long upTo = asked.get();
        jdbc.sql("checkpoint sync").update();
        written = upTo;
      }
    } finally {
      writing.unlock();
    }
  }

  /** What the transaction under way commits is on disk before its caller hears of it. */
  public void forceOnCommit() {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            force();
          }
        });
  }

  private static String product(DataSource dataSource) throws MetaDataAccessException {
    return JdbcUtils.extractDatabaseMetaData(
        dataSource, metaData -> metaData.getDatabaseProductName());
  }
}
