package app;

/** A client of one library, set up once, as its users do. For one thread. */
interface Client {
  /** Asks on a connection that is kept, which is made at the first call. */
  void held() throws Exception;

  /** Asks on a new connection. */
  void fresh() throws Exception;
}
